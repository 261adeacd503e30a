package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"go.etcd.io/etcd/client/v3/concurrency"
)

// Step is one of bench/load/orders.ts.
type Step struct {
	Kind  string `json:"kind"`
	Value string `json:"value"`
	AtNs  string `json:"atNs"`
}

// elect lets every session stand until the time is over, and the first one observe.
func (a *Applications) elect(order Order) (any, error) {
	span := windowOf(order)
	over, cancel := context.WithDeadline(context.Background(), span.to)
	defer cancel()
	steps := []Step{}
	var guard sync.Mutex
	note := func(kind, value string) {
		atNs := monotonicNs()
		if time.Now().Before(span.from) {
			return
		}
		guard.Lock()
		steps = append(steps, Step{kind, value, atNs})
		guard.Unlock()
	}
	observed := make(chan struct{})
	go func() {
		defer close(observed)
		for answer := range concurrency.NewElection(a.session(0), order.Name).Observe(over) {
			if len(answer.Kvs) > 0 {
				note("observed", string(answer.Kvs[0].Value))
			}
		}
	}()
	err := together(order.Sessions, func(index int) error {
		election := concurrency.NewElection(a.session(index), order.Name)
		for term := 1; over.Err() == nil; term++ {
			value := fmt.Sprintf("%s/%d/%d", a.name, index, term)
			if err := election.Campaign(over, value); err != nil {
				if errors.Is(err, context.DeadlineExceeded) || over.Err() != nil {
					return nil
				}
				return err
			}
			note("leads", value)
			time.Sleep(time.Duration(order.TermMs) * time.Millisecond)
			note("resigns", value)
			if err := election.Resign(context.Background()); err != nil {
				return err
			}
		}
		return nil
	})
	<-observed
	guard.Lock()
	defer guard.Unlock()
	return map[string]any{"steps": steps}, err
}
