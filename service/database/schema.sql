CREATE TABLE IF NOT EXISTS cluster_leader_leases (
    lease_id VARCHAR(255) PRIMARY KEY,
    current_term BIGINT NOT NULL DEFAULT 0,
    leader_node_id VARCHAR(255),
    voted_for_node_id VARCHAR(255),
    lease_expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX IF NOT EXISTS idx_cluster_lease_expiration ON cluster_leader_leases(lease_expires_at);
CREATE TABLE IF NOT EXISTS verify_jobs (
    seq SERIAL_KEY,
    id VARCHAR(64) NOT NULL UNIQUE,
    client VARCHAR(255) NOT NULL,
    idempotency_key VARCHAR(255),
    request TEXT NOT NULL,
    status VARCHAR(32) NOT NULL,
    progress TEXT,
    result TEXT,
    exit_code INTEGER,
    shown TEXT,
    cancelled INTEGER NOT NULL DEFAULT 0,
    attempts INTEGER NOT NULL DEFAULT 0,
    ticket BIGINT,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    finished_at TIMESTAMP WITH TIME ZONE
);
CREATE UNIQUE INDEX IF NOT EXISTS idx_verify_jobs_key ON verify_jobs(client, idempotency_key);
CREATE INDEX IF NOT EXISTS idx_verify_jobs_open ON verify_jobs(client, seq) WHERE finished_at IS NULL;
CREATE TABLE IF NOT EXISTS verify_splits (
    id VARCHAR(64) PRIMARY KEY,
    plan TEXT NOT NULL,
    ended INTEGER NOT NULL DEFAULT 0,
    waiting INTEGER NOT NULL DEFAULT 1,
    split_at TIMESTAMP WITH TIME ZONE NOT NULL
);
CREATE TABLE IF NOT EXISTS verify_parts (
    id VARCHAR(64) PRIMARY KEY,
    parent VARCHAR(64) NOT NULL,
    part INTEGER NOT NULL,
    worker VARCHAR(255),
    exact TEXT,
    beyond BIGINT NOT NULL DEFAULT 0,
    UNIQUE (parent, part)
);
