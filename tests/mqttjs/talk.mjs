// Two clients of MQTT.js as programs use it: node talk.mjs URL VERSION. Says what was heard, in JSON, and exits with 0.
import mqtt from 'mqtt'

const [url, version] = process.argv.slice(2)
const protocolVersion = Number(version)
const is5 = protocolVersion === 5

const open = (username, more = {}) =>
  mqtt.connectAsync(url, { protocolVersion, username, clientId: username, connectTimeout: 10_000, ...more })

const heard = []
const bob = await open('bob', is5 ? { properties: { receiveMaximum: 2, sessionExpiryInterval: 0 } } : {})
const enough = new Promise((resolve) => {
  bob.on('message', (topic, payload, packet) => {
    heard.push({
      topic,
      qos: packet.qos,
      text: topic.startsWith('chat/') ? JSON.parse(payload).body.text : payload.toString(),
      user: packet.properties?.userProperties?.sender ? Object.keys(packet.properties.userProperties) : [],
      answer: packet.properties?.responseTopic ?? null,
    })
    if (heard.length === 12) resolve()
  })
})
await bob.subscribeAsync('chat/+', { qos: 2 })
await bob.subscribeAsync('sensors/#', { qos: 1 })

const alice = await open('alice', {
  will: { topic: 'sensors/alice', payload: 'gone', qos: 1, retain: true },
})
for (let n = 0; n < 9; n += 1) await alice.publishAsync('chat/global', `m${n}`, { qos: n % 3 })
await alice.publishAsync('sensors/heat', '22', { qos: 0 })
const properties = is5 ? { responseTopic: 'sensors/answers', correlationData: Buffer.from('c') } : undefined
await alice.publishAsync('sensors/heat', '21', { qos: 2, retain: true, properties })
alice.options.reconnectPeriod = 0
alice.stream.destroy() // no DISCONNECT: the will is told
await enough
await bob.endAsync()
console.log(JSON.stringify(heard))
