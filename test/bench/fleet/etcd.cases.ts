import { etcdDriver, readEtcdVersion } from "@conclave/bench/fleet/etcd"
import { test } from "tap"

test("the version of etcd is read from what it prints", async (t) => {
  t.equal(readEtcdVersion("etcd Version: 3.6.16\nGit SHA: Not provided\n"), "3.6.16")
  t.equal(readEtcdVersion("serf 0.9"), undefined)
})

test("an etcd that is not there is said, with what to do about it", async (t) => {
  const why = etcdDriver({ ETCD_BIN: "/nonexistent/etcd" })
  t.match(why, /ENOENT.*apt-get install etcd-server, or point ETCD_BIN/)
  t.match(etcdDriver({ ETCD_BIN: "/bin/true" }), /"\/bin\/true --version" answered/)
})
