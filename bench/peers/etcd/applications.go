package main

import (
	"context"
	"fmt"
	"sync"
	"time"

	clientv3 "go.etcd.io/etcd/client/v3"
	"go.etcd.io/etcd/client/v3/concurrency"
)

const dialLimit = 60 * time.Second

// Applications are the sessions that this process has open, each over a connection of its own.
type Applications struct {
	endpoint string
	name     string
	sessions []*concurrency.Session
	writer   Writer
	watching Watchers
}

func (a *Applications) carryOut(order Order) (any, error) {
	switch order.Do {
	case "open":
		return a.open(order)
	case "pairs":
		return a.pairs(order)
	case "handoff":
		return a.handoff(order)
	case "puts":
		return a.puts(order)
	case "watch":
		return a.watch(order)
	case "told":
		return a.watching.told(), nil
	case "hold":
		return a.hold(order)
	case "elect":
		return a.elect(order)
	case "keep":
		return a.keep(order)
	case "write":
		return a.write(order)
	case "firstAfter":
		return a.firstAfter(order)
	case "settle":
		return a.settle()
	}
	return nil, fmt.Errorf("no order %q", order.Do)
}

func (a *Applications) open(order Order) (any, error) {
	for len(a.sessions) < order.Count {
		client, err := clientv3.New(clientv3.Config{Endpoints: []string{a.endpoint}, DialTimeout: dialLimit})
		if err != nil {
			return nil, err
		}
		session, err := concurrency.NewSession(client, concurrency.WithTTL(order.TTLMs/1000))
		if err != nil {
			return nil, err
		}
		a.sessions = append(a.sessions, session)
	}
	return map[string]any{}, nil
}

func (a *Applications) session(index int) *concurrency.Session {
	return a.sessions[index]
}

// window is the time in which something is counted.
type window struct{ from, to time.Time }

func windowOf(order Order) window {
	from := time.Now().Add(time.Duration(order.WarmUpMs) * time.Millisecond)
	return window{from, from.Add(time.Duration(order.Ms) * time.Millisecond)}
}

func (a *Applications) pairs(order Order) (any, error) {
	span := windowOf(order)
	acquireMs, releaseMs := []float64{}, []float64{}
	var guard sync.Mutex
	err := together(order.Workers, func(index int) error {
		mutex := concurrency.NewMutex(a.session(index%order.Sessions), fmt.Sprintf("%s/%s/%d", order.Name, a.name, index))
		for {
			asked := time.Now()
			if !asked.Before(span.to) {
				return nil
			}
			if err := mutex.Lock(context.Background()); err != nil {
				return err
			}
			granted := time.Now()
			if err := mutex.Unlock(context.Background()); err != nil {
				return err
			}
			released := time.Now()
			if asked.Before(span.from) || released.After(span.to) {
				continue
			}
			guard.Lock()
			acquireMs = append(acquireMs, milliseconds(asked, granted))
			releaseMs = append(releaseMs, milliseconds(granted, released))
			guard.Unlock()
		}
	})
	return map[string]any{"acquireMs": acquireMs, "releaseMs": releaseMs}, err
}

// Grant is one of bench/load/orders.ts.
type Grant struct {
	Token   string  `json:"token"`
	Session int     `json:"session"`
	WaitMs  float64 `json:"waitMs"`
	AtNs    string  `json:"atNs"`
}

func (a *Applications) handoff(order Order) (any, error) {
	span := windowOf(order)
	grants := []Grant{}
	var guard sync.Mutex
	err := together(order.Sessions, func(index int) error {
		mutex := concurrency.NewMutex(a.session(index), order.Name)
		for {
			asked := time.Now()
			if !asked.Before(span.to) {
				return nil
			}
			if err := mutex.Lock(context.Background()); err != nil {
				return err
			}
			granted, atNs := time.Now(), monotonicNs()
			token := fmt.Sprint(mutex.Header().Revision)
			if err := mutex.Unlock(context.Background()); err != nil {
				return err
			}
			if granted.Before(span.from) || granted.After(span.to) {
				continue
			}
			guard.Lock()
			grants = append(grants, Grant{token, index, milliseconds(asked, granted), atNs})
			guard.Unlock()
		}
	})
	return map[string]any{"grants": grants}, err
}

func (a *Applications) hold(order Order) (any, error) {
	mutex := concurrency.NewMutex(a.session(0), order.Name)
	if err := mutex.Lock(context.Background()); err != nil {
		return nil, err
	}
	return map[string]any{"token": fmt.Sprint(mutex.Header().Revision), "atNs": monotonicNs()}, nil
}

// together runs work for each index at once and gives the first error when all are done.
func together(count int, work func(index int) error) error {
	errs := make(chan error, count)
	for index := 0; index < count; index++ {
		go func() { errs <- work(index) }()
	}
	var first error
	for index := 0; index < count; index++ {
		if err := <-errs; err != nil && first == nil {
			first = err
		}
	}
	return first
}
