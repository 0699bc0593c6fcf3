using System.Text;
using System.Text.Json;
using Tepui.Master.Tests.Support;

namespace Tepui.Master.Tests.Http;

/// <summary>Every recorded bad (or odd) call to a master is made again, byte for byte, and must end the same way: status, content type and text.</summary>
public sealed class RecordedErrorTests(RecordedErrorTests.Fixture fixture) : IClassFixture<RecordedErrorTests.Fixture>
{
    private const string Folder = "errors/http";

    /// <summary>Framework and stream of the recordings; ours have the same length.</summary>
    private const string RecordedFramework = "d19ee358-9746-4e34-98ed-5b46c807d1b1-0006";
    private const string RecordedStream = "88a0adf2-6fb1-4b63-84a9-740eb20041e2";

    /// <summary>Calls that end differently here, and why.</summary>
    private static readonly Dictionary<string, (int Status, string Start)> Different = new(StringComparer.Ordinal)
    {
        // Quota cannot be set yet; the answer says so instead of pretending.
        ["op_update_quota_star"] = (501, "501 Not Implemented. Changing quota (UPDATE_QUOTA) is not supported yet."),
        ["v0_quota_over"] = (501, "501 Not Implemented. Changing quota (SET_QUOTA) is not supported yet."),

        // The order is not looked at, as recorded; but the cluster here has no tasks.
        ["v0_tasks_badorder"] = (200, """{"tasks":[]}"""),
    };

    public static TheoryData<string> Names() => new(Captures.Names(Folder));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Call_Recorded_EndsTheSameWay(string name)
    {
        var expected = Captures.Answer($"{Folder}/{name}");
        var request = fixture.Translate(Captures.Request($"{Folder}/{name}"));

        var actual = await RawClient.SendAsync(fixture.Master.Endpoint, request, FirstRecordIsThere);

        if (Different.TryGetValue(name, out var different))
        {
            Assert.Equal(different.Status, actual.Status);
            Assert.StartsWith(different.Start, actual.Text, StringComparison.Ordinal);
            return;
        }

        Assert.Equal($"{expected.Status} {expected.ContentType}", $"{actual.Status} {actual.ContentType}");
        if (expected.Text.Contains("SUBSCRIBED", StringComparison.Ordinal))
        {
            JsonShape.AssertSame(JsonShape.Of(FirstRecord(expected)), JsonShape.Of(FirstRecord(actual)));
        }
        else
        {
            Assert.Equal(fixture.Translate(expected.Text), actual.Text);
        }
    }

    // A stream that was taken stays open: it is enough when its first record is whole. Everything else ends by itself.
    private static bool FirstRecordIsThere(RawAnswer answer)
    {
        var line = answer.Text.IndexOf('\n', StringComparison.Ordinal);
        return answer.Headers.ContainsKey("transfer-encoding")
            && answer.Text.Contains("\"SUBSCRIBED\"", StringComparison.Ordinal)
            && answer.Body.Length - line - 1 >= int.Parse(answer.Text[..line]);
    }

    private static JsonElement FirstRecord(RawAnswer answer)
    {
        var line = answer.Text.IndexOf('\n', StringComparison.Ordinal);
        using var document = JsonDocument.Parse(answer.Body.AsMemory(line + 1, int.Parse(answer.Text[..line])));
        return document.RootElement.Clone();
    }

    public sealed class Fixture : IAsyncLifetime
    {
        private string _log = "";
        private FakeFramework? _framework;

        internal TestMaster Master { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            _log = Path.GetTempFileName();
            Master = await TestMaster.StartAsync(settings => settings with { ExternalLogFile = _log });
            _framework = await FakeFramework.SubscribeAsync(Master, """{"user": "root", "name": "err", "failover_timeout": 0, "checkpoint": false}""");
        }

        public async Task DisposeAsync()
        {
            await _framework!.DisposeAsync();
            await Master.DisposeAsync();
            File.Delete(_log);
        }

        internal byte[] Translate(byte[] request) => Encoding.UTF8.GetBytes(Translate(Encoding.UTF8.GetString(request)));

        internal string Translate(string text) => text
            .Replace(RecordedFramework, _framework!.Id.Value, StringComparison.Ordinal)
            .Replace(RecordedStream, _framework.StreamId, StringComparison.Ordinal);
    }
}
