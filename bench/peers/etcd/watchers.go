package main

import (
	"context"
	"strings"
	"sync"
	"time"

	clientv3 "go.etcd.io/etcd/client/v3"
)

const viewLimit = 60 * time.Second

// Watchers are watches of one prefix, and what they were told.
type Watchers struct {
	guard   sync.Mutex
	changes []int
	toldMs  []float64
}

func (w *Watchers) told() any {
	w.guard.Lock()
	defer w.guard.Unlock()
	answer := map[string]any{"changes": w.changes, "resets": 0, "toldMs": append([]float64{}, w.toldMs...)}
	w.changes, w.toldMs = make([]int, len(w.changes)), nil
	return answer
}

// watch reads the prefix first, as whoever watches needs a view to begin with, and goes on from that revision.
func (a *Applications) watch(order Order) (any, error) {
	a.watching.changes = make([]int, order.Watchers)
	return map[string]any{}, together(order.Watchers, func(index int) error {
		client := a.session(index % order.Sessions).Client()
		limited, cancel := context.WithTimeout(context.Background(), viewLimit)
		defer cancel()
		view, err := client.Get(limited, order.Name, clientv3.WithPrefix())
		if err != nil {
			return err
		}
		from := clientv3.WithRev(view.Header.Revision + 1)
		told := client.Watch(context.Background(), order.Name, clientv3.WithPrefix(), clientv3.WithCreatedNotify(), from)
		<-told
		go a.watching.count(told, index)
		return nil
	})
}

func (w *Watchers) count(told clientv3.WatchChan, index int) {
	for answer := range told {
		now := number(monotonicNs())
		w.guard.Lock()
		w.changes[index] += len(answer.Events)
		if index == 0 {
			for _, event := range answer.Events {
				sent, _, _ := strings.Cut(string(event.Kv.Value), " ")
				w.toldMs = append(w.toldMs, float64(now-number(sent))/1e6)
			}
		}
		w.guard.Unlock()
	}
}
