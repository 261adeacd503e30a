export { type TestCluster, type TestClusterOptions, type TestConnectOptions, testCluster } from "./test-cluster.ts"
