package main

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"time"
)

// valueNow is text of so many bytes that begins with the time, unless that alone is longer.
func valueNow(bytes int) string {
	sent := monotonicNs() + " "
	return sent + strings.Repeat("x", max(0, bytes-len(sent)))
}

func (a *Applications) puts(order Order) (any, error) {
	span := windowOf(order)
	every := time.Duration(order.EveryMs) * time.Millisecond
	putMs := []float64{}
	var guard sync.Mutex
	err := together(order.Workers, func(index int) error {
		client := a.session(index % order.Sessions).Client()
		key := fmt.Sprintf("%s/%s/%d", order.Name, a.name, index)
		due := time.Now().Add(every * time.Duration(index) / time.Duration(order.Workers))
		for {
			if every > 0 {
				time.Sleep(time.Until(due))
				due = due.Add(every)
			}
			asked := time.Now()
			if !asked.Before(span.to) {
				return nil
			}
			if _, err := client.Put(context.Background(), key, valueNow(order.Bytes)); err != nil {
				return err
			}
			done := time.Now()
			if asked.Before(span.from) || done.After(span.to) {
				continue
			}
			guard.Lock()
			putMs = append(putMs, milliseconds(asked, done))
			guard.Unlock()
		}
	})
	return map[string]any{"putMs": putMs}, err
}
