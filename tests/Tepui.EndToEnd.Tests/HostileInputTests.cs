using System.Globalization;
using System.IO.Compression;
using System.Net.Sockets;
using System.Text;
using Tepui.EndToEnd.Tests.Processes;

namespace Tepui.EndToEnd.Tests;

/// <summary>What the ports of a real master and agent must survive: every request is answered or hung up on, and both serve on.</summary>
public sealed class HostileInputTests(HostileInputTests.Fixture fixture) : IClassFixture<HostileInputTests.Fixture>
{
    private const string Json = "application/json";
    private const string Protobuf = "application/x-protobuf";
    private const string Chunked = "Transfer-Encoding: chunked\r\nConnection: close\r\n";

    private static readonly (string Side, string Path)[] Endpoints = [("master", "/api/v1"), ("master", "/api/v1/scheduler"), ("agent", "/api/v1"), ("agent", "/api/v1/executor")];

    /// <summary>A name, the status it must end with, and the bytes for a path.</summary>
    private static readonly Dictionary<string, (int Status, Func<string, IEnumerable<byte[]>> Parts)> Attacks = new(StringComparer.Ordinal)
    {
        ["garbage"] = (400, _ => [Garbage(50_000)]),
        ["a head without end"] = (431, _ => [Encoding.ASCII.GetBytes("GET /state HTTP/1.1\r\nHost: x\r\nX: " + new string('a', 1_000_000))]),
        ["a path without end"] = (414, _ => [Encoding.ASCII.GetBytes("GET /" + new string('a', 1_000_000))]),
        ["two lengths"] = (400, path => [RawHttp.Head(path, Json, "Content-Length: 5\r\nContent-Length: 6\r\n"), "{}{}{}"u8.ToArray()]),
        ["a negative length"] = (400, path => [RawHttp.Head(path, Json, "Content-Length: -5\r\n")]),
        ["a chunk of no size"] = (400, path => [RawHttp.Head(path, Json, Chunked), "zz\r\nhello\r\n0\r\n\r\n"u8.ToArray()]),
        ["a chunk of endless size"] = (400, path => [RawHttp.Head(path, Json, Chunked), "ffffffffffffffff\r\nhello\r\n"u8.ToArray()]),
        ["100 MB, announced"] = (413, path => [RawHttp.Head(path, Json, "Content-Length: 104857600\r\n")]),
        ["100 MB, sent"] = (413, path => [RawHttp.Head(path, Json, "Content-Length: 104857600\r\n"), .. Enumerable.Repeat(new byte[1 << 20], 100)]),
        ["100 MB, in chunks"] = (413, path => [RawHttp.Head(path, Json, Chunked), .. Enumerable.Repeat<byte[]>([.. "100000\r\n"u8, .. new byte[1 << 20], .. "\r\n"u8], 100)]),
        ["300 MB, packed"] = (413, path => [RawHttp.Post(path, Packed(300_000_000), more: "Content-Encoding: gzip\r\n")]),
        ["gzip that is none"] = (400, path => [RawHttp.Post(path, "abc"u8.ToArray(), more: "Content-Encoding: gzip\r\n")]),
        ["JSON objects, 100,000 deep"] = (400, path => [RawHttp.Post(path, Text("{\"a\":", 100_000, "1", "}"))]),
        ["JSON arrays, 100,000 deep"] = (400, path => [RawHttp.Post(path, Text("[", 100_000, "", "]"))]),
        ["JSON of a known field, 100,000 deep"] = (400, path => [RawHttp.Post(path, Text("{\"subscribe\":", 100_000, "{}", "}"))]),
        ["JSON that is no text"] = (400, path => [RawHttp.Post(path, [.. "{\"type\":\""u8, 0xFF, 0xFE, .. "\"}"u8])]),
        ["a number of a million digits"] = (400, path => [RawHttp.Post(path, Text("{\"type\":", 1, new string('9', 1_000_000), "}"))]),
        ["protobuf groups, 100,000 deep"] = (400, path => [RawHttp.Post(path, [.. Enumerable.Repeat<byte[]>([0x83, 0x01], 100_000).SelectMany(static tag => tag)], Protobuf)]),
        ["protobuf with a length that lies"] = (400, path => [RawHttp.Post(path, [0x12, 0xFF, 0xFF, 0xFF, 0xFF, 0x07, 0x61], Protobuf)]),
        ["protobuf garbage"] = (400, path => [RawHttp.Post(path, Garbage(5000), Protobuf)]),
    };

    /// <summary>Requests that go on after the answer: the system may drop the answer along with what nobody reads.</summary>
    private static readonly string[] SentOn = ["a head without end", "a path without end", "100 MB, sent", "100 MB, in chunks"];

    public static TheoryData<string, string, string> Requests()
    {
        var all = new TheoryData<string, string, string>();
        foreach (var name in Attacks.Keys)
        {
            foreach (var (side, path) in Endpoints)
            {
                all.Add(name, side, path);
            }
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Request_Hostile_IsAnsweredAndSurvived(string name, string side, string path)
    {
        var (status, parts) = Attacks[name];

        var answer = await RawHttp.SendAsync(fixture.Address(side), parts(path));

        Assert.True(answer.Status == status || (answer.Status == 0 && SentOn.Contains(name)), $"{answer.Status} {answer.Body}");
        Assert.DoesNotContain("   at ", answer.Body, StringComparison.Ordinal);
        await fixture.AssertServesAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Request_HalfAndThenSilence_IsTimedOut()
    {
        byte[][] half = [RawHttp.Head("/api/v1", Json, "Content-Length: 100\r\n"), "{\"type\""u8.ToArray()];

        var answers = await Task.WhenAll(RawHttp.SendAsync(fixture.Cluster.Master, half), RawHttp.SendAsync(fixture.Cluster.Agent, half));

        Assert.Equal([408, 408], answers.Select(static answer => answer.Status));
    }

    [Fact]
    public async Task Request_HalfAndThenHungUp_IsForgotten()
    {
        foreach (var (side, path) in Endpoints)
        {
            using var client = await RawHttp.ConnectAsync(fixture.Address(side));
            await client.GetStream().WriteAsync(RawHttp.Head(path, Json, "Content-Length: 100\r\n"));
        }

        await fixture.AssertServesAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Link_Garbage_IsHungUpOn()
    {
        var open = Encoding.ASCII.GetBytes("GET /tepui/link HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: tepui-link/1\r\n\r\n");

        foreach (var bytes in (byte[][])[Garbage(100_000), [0x7F, 0xFF, 0xFF, 0xFF, 1, 2, 3], [0xFF, 0xFF, 0xFF, 0xFF], [0, 0, 0, 2, 0xFF, 0xFF]])
        {
            Assert.Equal(101, (await RawHttp.SendAsync(fixture.Cluster.Master, open, bytes)).Status);
        }

        await fixture.AssertServesAsync(TimeSpan.FromSeconds(10));
        Assert.Single((await fixture.Cluster.JsonAsync("agent", "ls")).EnumerateArray());
    }

    [Theory]
    [InlineData("master", "/api/v1", """{"type": "UNKNOWN"}""", 501)]
    [InlineData("agent", "/api/v1", """{"type": "UNKNOWN"}""", 501)]
    [InlineData("master", "/api/v1", """{"type": "REMOVE_QUOTA", "remove_quota": {"role": "none"}}""", 400)]
    [InlineData("agent", "/api/v1", """{"type": "REMOVE_CONTAINER", "remove_container": {"container_id": {"value": "none"}}}""", 500)]
    public async Task Call_ThatEndsOthers_IsAnswered(string side, string path, string call, int status)
    {
        Assert.Equal(status, (await RawHttp.SendAsync(fixture.Address(side), RawHttp.Post(path, Encoding.UTF8.GetBytes(call)))).Status);
        await fixture.AssertServesAsync(TimeSpan.FromSeconds(10));
    }

    [Theory]
    [InlineData("master")]
    [InlineData("agent")]
    public async Task Connections_TwoThousandThatSayLittle_DoNotKeepOthersWaiting(string side)
    {
        var clients = new List<TcpClient>();
        try
        {
            for (var i = 0; i < 2000; i++)
            {
                var client = await RawHttp.ConnectAsync(fixture.Address(side));
                await client.GetStream().WriteAsync("POST /api/v1 HTTP/1.1\r\nHos"u8.ToArray());
                clients.Add(client);
            }

            await fixture.AssertServesAsync(TimeSpan.FromSeconds(5));
        }
        finally
        {
            clients.ForEach(static client => client.Dispose());
        }
    }

    [Fact]
    public async Task Subscribers_ThatNeverRead_CostLittleAndHoldNobodyUp()
    {
        var subscribe = """{"type": "SUBSCRIBE", "subscribe": {"framework_info": {"user": "root", "name": "deaf"}, "suppressed_roles": ["*"]}}""";
        var clients = new List<TcpClient>();
        try
        {
            for (var i = 0; i < 100; i++)
            {
                clients.Add(await DeafAsync("/api/v1", """{"type": "SUBSCRIBE"}"""));
                clients.Add(await DeafAsync("/api/v1/scheduler", subscribe));
            }

            var before = fixture.Memory();
            var run = await fixture.Cluster.RunAsync("run", "--instances", "300", "--cpus", "0.01", "--mem", "8", "true");

            Assert.True(run.Code == 0, run.Output + run.Errors);
            Assert.InRange(fixture.Memory() - before, long.MinValue, 400_000_000);
            await fixture.AssertServesAsync(TimeSpan.FromSeconds(10));
        }
        finally
        {
            clients.ForEach(static client => client.Dispose());
        }

        async Task<TcpClient> DeafAsync(string path, string call)
        {
            var client = await RawHttp.ConnectAsync(fixture.Cluster.Master);
            client.ReceiveBufferSize = 4096;
            await client.GetStream().WriteAsync(RawHttp.Post(path, Encoding.UTF8.GetBytes(call)));
            return client;
        }
    }

    private static byte[] Garbage(int length)
    {
        var bytes = new byte[length];
        new Random(3).NextBytes(bytes);
        return bytes;
    }

    private static byte[] Text(string open, int depth, string middle, string close) => Encoding.ASCII.GetBytes(
        new StringBuilder().Insert(0, open, depth).Append(middle).Append(string.Concat(Enumerable.Repeat(close, depth))).ToString());

    private static byte[] Packed(int length)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            var block = new byte[1_000_000];
            for (var left = length; left > 0; left -= block.Length)
            {
                gzip.Write(block);
            }
        }

        return packed.ToArray();
    }

    public sealed class Fixture : IAsyncLifetime, IDisposable
    {
        private readonly Machine _machine = new();

        internal LocalCluster Cluster { get; private set; } = null!;

        public async Task InitializeAsync() => Cluster = await LocalCluster.StartAsync(_machine);

        public Task DisposeAsync() => Task.CompletedTask;

        public void Dispose()
        {
            Cluster.Dispose();
            _machine.Dispose();
        }

        internal string Address(string side) => side == "master" ? Cluster.Master : Cluster.Agent;

        /// <summary>Resident memory of master and agent, in bytes.</summary>
        internal long Memory()
        {
            var line = File.ReadLines($"/proc/{Cluster.Process.Id}/status").First(static line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
            return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
        }

        internal async Task AssertServesAsync(TimeSpan within)
        {
            Assert.False(Cluster.Process.HasExited, Cluster.Process.ToString());
            foreach (var side in (string[])["master", "agent"])
            {
                var answer = await RawHttp.SendAsync(Address(side), "GET /state HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"u8.ToArray()).WaitAsync(within);
                Assert.True(answer.Status == 200, $"{side} answers {answer.Status} {answer.Body}\n{Cluster.Process}");
            }
        }
    }
}
