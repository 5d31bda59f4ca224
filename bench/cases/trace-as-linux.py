"""Random commands of iproute2's in a virtual router's namespace; after each, `ip route get` and `vireo trace` say the same.

Runs in that namespace: trace-as-linux.py SOCKET ROUTER COMMANDS SEED. Prints a summary; the first difference ends it, status 1.
"""
import collections, http.client, json, random, socket, struct, subprocess, sys, time

SOCKET, ROUTER, COMMANDS, SEED = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
PACKETS_PER_COMMAND = 4
FLOWS = 48
TIMEOUT_SECONDS = 20  # the kernel's news take a moment, and a busy machine may take that moment away
REFUSALS = ('NO_ROUTE', 'UNREACHABLE', 'PROHIBITED')  # answered by the data plane, with an ICMP error
rng = random.Random(SEED)
history = []
reasons = collections.Counter()
HOSTS = {4: ['10.1.%d.%d' % (n, h) for n in (2, 3) for h in (2, 3, 4)],
         6: ['2001:db8:%d::%d' % (n, h) for n in (2, 3) for h in (2, 3, 4)]}
PREFIXES = {4: ['default', '10.0.0.0/8', '10.9.0.0/16', '10.9.8.0/24', '10.9.8.0/25', '10.9.8.7/32', '10.1.2.2/32',
                '10.1.3.0/25', '20.0.0.0/8', '20.1.2.0/23', '240.1.0.0/16'],
            6: ['default', '2001:db8::/32', '2001:db8:9::/48', '2001:db8:9:8::/64', '2001:db8:9:8::7/128',
                '2001:db8:9:8::/65', '2001:db8:2::2/128', '3000::/8', '3001:2::/33']}
DESTINATIONS = {4: ['10.9.8.7', '10.9.8.8', '10.9.8.200', '10.9.1.1', '10.200.1.1', '20.1.2.3', '20.200.0.1', '99.1.2.3',
                    '240.1.2.3', '10.1.1.1', '10.1.2.1'] + HOSTS[4],
                6: ['2001:db8:9:8::7', '2001:db8:9:8::8', '2001:db8:9:8:8000::8', '2001:db8:9:1::1', '2001:db8:77::1', '3001:2::1',
                    '3001:2:8000::1', '30ab::1', '2a00::1', '2001:db8:1::1'] + HOSTS[6]}
SOURCES = {4: ['10.1.1.2', '10.1.1.99', '172.16.1.1'], 6: ['2001:db8:1::2', '2001:db8:1:0:8000::2', '3001::1']}
pick = rng.choice


class Unix(http.client.HTTPConnection):
    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(SOCKET)


def ip(*words):
    return subprocess.run(['ip', *words], capture_output=True, text=True)


# ------------------------------------------------------------------------------------------------------------ commands

def hop(family):
    way = pick(['via %s' % pick(HOSTS[family]), 'via %s' % pick(HOSTS[family]), 'dev right', 'dev third'])
    if family == 4 and rng.random() < 0.15:
        way = 'via inet6 %s dev %s' % pick([(h, 'right' if ':2::' in h else 'third') for h in HOSTS[6]])
    return way


def route(family):
    prefix = pick(PREFIXES[family])
    if rng.random() < 0.3:
        return 'route del %s%s' % (prefix, pick(['', '', ' metric 50']))
    verb = pick(['add', 'append', 'prepend', 'change', 'replace', 'replace'])
    metric = pick(['', '', ' metric 50', ' metric 5', ' table 100'])
    kind = rng.random()
    if kind < 0.2:
        return 'route %s %s %s%s' % (verb, pick(['blackhole', 'unreachable', 'prohibit', 'throw']), prefix, metric)
    if kind < 0.35:
        return 'route %s %s%s nhid %d' % (verb, prefix, metric, rng.randint(1, 6))
    if kind < 0.55:
        ways = ' '.join('nexthop %s weight %d' % (hop(family), rng.randint(1, 3)) for _ in range(rng.randint(2, 4)))
        return 'route %s %s%s %s' % (verb, prefix, metric, ways)
    source = ' from 2001:db8:1::/65' if family == 6 and rng.random() < 0.15 else ''
    return 'route %s %s%s %s%s' % (verb, prefix, source, hop(family), metric)


def next_hop(family):
    number = rng.randint(1, 6)
    if rng.random() < 0.25:
        return 'nexthop del id %d' % number
    what = pick(['blackhole', 'group 1/2', 'group 1,3/2,2'] + [hop(family) + ' dev ' + pick(['right', 'third'])] * 5)
    if ' dev ' in what and what.count('dev') > 1:
        what = what[:what.rindex(' dev')]
    return 'nexthop replace id %d %s' % (number, what)


def rule(family):
    selector = pick(['from ' + SOURCES[family][2], 'to ' + PREFIXES[family][2], 'iif left', 'iif right', 'from all'])
    return 'rule %s %s %s pref 200' % (pick(['add', 'del', 'del']), selector, pick(['lookup 100', 'prohibit']))


def address(family):
    subnet = pick(['10.5.0.1/24', '10.6.0.1 peer 10.6.0.2', '10.9.8.1/26'] if family == 4
                  else ['2001:db8:5::1/64 nodad', '2001:db8:9:8::1/66 nodad'])
    verb = pick(['add', 'del'])
    return 'address %s %s dev %s' % (verb, subnet if verb == 'add' else subnet.replace(' nodad', ''), pick(['right', 'third']))


def command(family):
    kind = rng.random()
    if kind < 0.05:
        return 'link set %s %s' % (pick(['right', 'third']), pick(['down', 'up', 'up', 'up', 'mtu 1400', 'mtu 1500']))
    if kind < 0.1:
        return rule(family)
    if kind < 0.17:
        return address(family)
    return next_hop(family) if kind < 0.28 else route(family)


def acquaint():
    """Neighbours that need no resolution, as a downed link forgets them."""
    for family in (4, 6):
        for h in HOSTS[family]:
            device = 'right' if '.2.' in h or ':2::' in h else 'third'
            ip('neigh', 'replace', h, 'lladdr', '02:00:00:00:aa:%02x' % (hash_of(h) & 0xff), 'dev', device, 'nud', 'permanent')


def hash_of(text):
    return sum(map(ord, text))


# --------------------------------------------------------------------------------------------------------------- packets

def checksum(data):
    total = sum(struct.unpack('!%dH' % (len(data) // 2), data))
    while total >> 16:
        total = (total & 0xffff) + (total >> 16)
    return ~total & 0xffff


def frame(family, source, destination, port):
    udp = struct.pack('!HHHH', port, 9, 16, 0) + b'x' * 8
    if family == 4:
        addresses = socket.inet_pton(socket.AF_INET, source) + socket.inet_pton(socket.AF_INET, destination)
        head = struct.pack('!BBHHHBBH', 0x45, 0, 20 + len(udp), 1, 0, 64, 17, 0) + addresses
        head = head[:10] + struct.pack('!H', checksum(head)) + head[12:]
    else:
        addresses = socket.inet_pton(socket.AF_INET6, source) + socket.inet_pton(socket.AF_INET6, destination)
        head = struct.pack('!IHBB', 0x60000000, len(udp), 17, 64) + addresses
    mac = json.loads(ip('-j', 'link', 'show', 'left').stdout)[0]['address'].replace(':', '')
    return mac + '0200000000fe' + ('0800' if family == 4 else '86dd') + (head + udp).hex()


def vireo(family, source, destination, port):
    """(verdict, device, next hop) that `vireo trace` gives."""
    connection = Unix('vireo', timeout=30)
    body = json.dumps({'path': ROUTER + '/left', 'frame': frame(family, source, destination, port)})
    connection.request('POST', '/v1/trace', body, {'Content-Type': 'application/json'})
    report = json.loads(connection.getresponse().read())
    connection.close()
    if 'verdict' not in report:
        return ('error', str(report), '')
    fields = report['steps'][-1]['fields']
    if report['verdict'] != 'transmit':
        return (report['verdict'], report.get('reason', ''), '')
    return ('transmit', fields['egress'].rsplit('/', 1)[1], fields.get('nextHop', ''))


def linux(family, source, destination, port):
    """(kind, device, next hop) that `ip route get` gives."""
    said = ip('-%d' % family, '-j', 'route', 'get', destination, 'from', source, 'iif', 'left', 'ipproto', 'udp', 'sport', str(port),
              'dport', '9')
    if said.returncode != 0 or not said.stdout.strip():
        return ('blackhole' if 'Invalid argument' in said.stderr else 'error', said.stderr.strip(), '')
    answer = json.loads(said.stdout)[0]
    if answer.get('type', 'unicast') != 'unicast':
        return (answer['type'], '', '')
    gateway = answer.get('gateway') or answer.get('via', {}).get('host') or destination
    return ('forward', answer.get('dev', ''), gateway)


def difference(family, source, destination, port, counts):
    ours, theirs = vireo(family, source, destination, port), linux(family, source, destination, port)
    counts.clear()
    if ours[0] == 'punt' and ours[1] in REFUSALS:
        return 'vireo %s, linux %s' % (ours, theirs) if theirs[0] == 'forward' else ''
    if ours[0] == 'punt':
        counts.update(forwarded=theirs[0] == 'forward', punted=1)
        if theirs[0] == 'forward':
            reasons[ours[1]] += 1
        return ''
    if ours[0] == 'drop':
        return '' if theirs[0] == 'blackhole' else 'vireo %s, linux %s' % (ours, theirs)
    counts.update(forwarded=theirs[0] == 'forward', fast=1)
    if ours[0] == 'transmit' and theirs == ('forward',) + ours[1:]:
        return ''
    if ours[0] == 'transmit' and theirs[0] == 'forward':  # one of several next hops? the kernel takes each for some flow
        ways = {linux(family, source, destination, rng.randint(1024, 65000))[1:] for _ in range(FLOWS)}
        if ours[1:] in ways:
            return ''
        theirs = ways | {theirs[1:]}
    return 'vireo %s, linux %s' % (ours, theirs)


def main():
    for name in ('ipv4', 'ipv6'):
        open('/proc/sys/net/%s/fib_multipath_hash_policy' % name, 'w').write('1')
    acquaint()
    total = dict(compared=0, accepted=0, forwarded=0, fast=0, punted=0)
    for step in range(COMMANDS):
        family = pick((4, 6))
        words = command(family)
        done = ip('-%d' % family, *words.split()).returncode == 0
        total['accepted'] += done
        history.append('ip -%d %s%s' % (family, words, '' if done else '   # refused'))
        if words.startswith(('link', 'address')):
            acquaint()
        for _ in range(PACKETS_PER_COMMAND):
            family = pick((4, 6))
            packet = (family, pick(SOURCES[family]), pick(DESTINATIONS[family]), rng.randint(1024, 65000))
            counts, deadline = {}, time.monotonic() + TIMEOUT_SECONDS
            said = difference(*packet, counts)
            while said and time.monotonic() < deadline:
                time.sleep(0.02)
                ip('-6', 'route', 'flush', 'cache')  # what `route get` itself has left there
                said = difference(*packet, counts)
            if said:
                print('seed %d, command %d, packet %s: %s' % (SEED, step, packet, said))
                sys.stderr.write('\n'.join(history) + '\n')
                sys.exit(1)
            total['compared'] += 1
            for key, value in counts.items():
                total[key] += value
    print('seed %d: %d commands, %d accepted; %d packets compared, %d that Linux forwards, %d by the fast path, %d left to Linux (%s)'
          % (SEED, COMMANDS, total['accepted'], total['compared'], total['forwarded'], total['fast'], total['punted'],
             ', '.join('%s %d' % r for r in reasons.most_common())))
    sys.exit(0 if 2 * total['fast'] >= total['forwarded'] else 1)


main()
