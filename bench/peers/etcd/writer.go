package main

import (
	"context"
	"fmt"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	clientv3 "go.etcd.io/etcd/client/v3"
	"go.etcd.io/etcd/client/v3/concurrency"
)

const (
	// A put that went to a server which still believes in the old leader would wait for longer than the outage.
	writeLimit  = 400 * time.Millisecond
	readLimit   = 30 * time.Second
	underWayMax = 64
)

// Ack is one of bench/load/orders.ts.
type Ack struct {
	SentNs string `json:"sentNs"`
	DoneNs string `json:"doneNs"`
}

type waiter struct {
	ns   int64
	told chan Ack
}

// Writer puts keys in an open loop.
type Writer struct {
	guard    sync.Mutex
	prefix   string
	keys     []string
	acks     []Ack
	waiters  []waiter
	kept     []*concurrency.Mutex
	stop     chan struct{}
	underWay atomic.Int64
	ended    sync.WaitGroup
}

func (a *Applications) client() *clientv3.Client { return a.session(0).Client() }

func (a *Applications) keep(order Order) (any, error) {
	for index := 0; index < order.Count; index++ {
		mutex := concurrency.NewMutex(a.session(0), fmt.Sprintf("%s/%s/%d", order.Name, a.name, index))
		if err := mutex.Lock(context.Background()); err != nil {
			return nil, err
		}
		a.writer.kept = append(a.writer.kept, mutex)
	}
	return map[string]any{}, nil
}

func (a *Applications) write(order Order) (any, error) {
	w := &a.writer
	w.prefix = fmt.Sprintf("%s/%s/", order.Name, a.name)
	w.stop = make(chan struct{})
	w.ended.Add(1)
	go func() {
		defer w.ended.Done()
		ticks := time.NewTicker(time.Duration(order.EveryMs) * time.Millisecond)
		defer ticks.Stop()
		for count := 1; ; count++ {
			select {
			case <-w.stop:
				return
			case <-ticks.C:
				if w.underWay.Load() < underWayMax {
					w.underWay.Add(1)
					w.ended.Add(1)
					go a.once(fmt.Sprintf("%s%d", w.prefix, count))
				}
			}
		}
	}()
	return map[string]any{}, nil
}

func (a *Applications) once(key string) {
	w := &a.writer
	defer w.ended.Done()
	defer w.underWay.Add(-1)
	limited, cancel := context.WithTimeout(context.Background(), writeLimit)
	defer cancel()
	sentNs := monotonicNs()
	if _, err := a.client().Put(limited, key, "x"); err != nil {
		return
	}
	ack := Ack{sentNs, monotonicNs()}
	w.guard.Lock()
	defer w.guard.Unlock()
	w.keys = append(w.keys, key)
	w.acks = append(w.acks, ack)
	left := w.waiters[:0]
	for _, each := range w.waiters {
		if number(ack.SentNs) >= each.ns {
			each.told <- ack
		} else {
			left = append(left, each)
		}
	}
	w.waiters = left
}

func (a *Applications) firstAfter(order Order) (any, error) {
	w := &a.writer
	ns := number(order.Ns)
	w.guard.Lock()
	for _, ack := range w.acks {
		if number(ack.SentNs) >= ns {
			w.guard.Unlock()
			return ack, nil
		}
	}
	told := make(chan Ack, 1)
	w.waiters = append(w.waiters, waiter{ns, told})
	w.guard.Unlock()
	return <-told, nil
}

func (a *Applications) settle() (any, error) {
	w := &a.writer
	close(w.stop)
	w.ended.Wait()
	limited, cancel := context.WithTimeout(context.Background(), readLimit)
	defer cancel()
	found, err := a.client().Get(limited, w.prefix, clientv3.WithPrefix(), clientv3.WithKeysOnly())
	if err != nil {
		return nil, err
	}
	there := map[string]bool{}
	for _, kv := range found.Kvs {
		there[string(kv.Key)] = true
	}
	missing := 0
	for _, key := range w.keys {
		if !there[key] {
			missing++
		}
	}
	lost := 0
	for _, mutex := range w.kept {
		held, err := a.client().Get(limited, mutex.Key())
		if err != nil {
			return nil, err
		}
		if held.Count == 0 {
			lost++
		}
	}
	return map[string]any{"acks": append([]Ack{}, w.acks...), "missing": missing, "lostGrants": lost}, nil
}

func number(text string) int64 {
	value, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		panic(err)
	}
	return value
}
