// Applications of one etcd server as a process of its own: etcd-load ENDPOINT NAME. Carries out the orders of
// bench/load/orders.ts with etcd's own client and its own recipes (client/v3/concurrency), which is what its users run.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"sync"
	"syscall"
	"time"
	"unsafe"
)

// Order is one line of stdin.
type Order struct {
	ID       int    `json:"id"`
	Do       string `json:"do"`
	Count    int    `json:"count"`
	TTLMs    int    `json:"ttlMs"`
	Name     string `json:"name"`
	Workers  int    `json:"workers"`
	Watchers int    `json:"watchers"`
	Sessions int    `json:"sessions"`
	WarmUpMs int    `json:"warmUpMs"`
	Ms       int    `json:"ms"`
	TermMs   int    `json:"termMs"`
	EveryMs  int    `json:"everyMs"`
	Bytes    int    `json:"bytes"`
	Ns       string `json:"ns"`
}

var output sync.Mutex

func say(line any) {
	text, err := json.Marshal(line)
	if err != nil {
		panic(err)
	}
	output.Lock()
	defer output.Unlock()
	fmt.Println(string(text))
}

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: etcd-load ENDPOINT NAME")
		os.Exit(2)
	}
	applications := &Applications{endpoint: os.Args[1], name: os.Args[2]}
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		var order Order
		if err := json.Unmarshal(lines.Bytes(), &order); err != nil {
			panic(err)
		}
		go func() {
			answer, err := applications.carryOut(order)
			if err != nil {
				say(map[string]any{"id": order.ID, "error": err.Error()})
				return
			}
			say(map[string]any{"id": order.ID, "answer": answer})
		}()
	}
}

// monotonicNs is CLOCK_MONOTONIC, which all processes of a machine share.
func monotonicNs() string {
	const clockMonotonic = 1
	var now syscall.Timespec
	_, _, code := syscall.Syscall(syscall.SYS_CLOCK_GETTIME, clockMonotonic, uintptr(unsafe.Pointer(&now)), 0)
	if code != 0 {
		panic(code)
	}
	return fmt.Sprint(now.Nano())
}

func milliseconds(from, to time.Time) float64 {
	return float64(to.Sub(from).Nanoseconds()) / 1e6
}
