using System.Text.Json.Nodes;
using Tepui.Protocol.Json;
using Tepui.Protocol.Link;
using Tepui.Protocol.V1;
using Tepui.Protocol.V1.Scheduler;
using Tepui.Testing;
using Capability = Tepui.Protocol.V1.FrameworkInfo.Types.Capability.Types.Type;

namespace Tepui.Master.Core.Tests.Operations;

/// <summary>
/// Plays captured calls that were refused, and some that were not, and compares what the framework hears field by field, times aside.
/// Agent, framework and offers of the capture are rebuilt under the ids they had; calls whose outcome the agent decided must reach the agent.
/// </summary>
public sealed class CapturedErrorsTests
{
    private const string Agent = "bd9ca0b0-3d12-4da6-b061-38833db7495c-S0";
    private const string FrameworkPrefix = "82b85816-294a-47a9-b477-c5f80bd66324-00";
    private const string OfferPrefix = "82b85816-294a-47a9-b477-c5f80bd66324-O";

    private static readonly JsonArray Rows = JsonNode.Parse(Testing.Captures.Read("errors/task_errors.json"))!.AsArray();

    public static TheoryData<string> Names => [.. Rows.Select(static row => row!["name"]!.GetValue<string>())];

    [Theory, MemberData(nameof(Names))]
    public void Call_AsCaptured_HasTheSameOutcome(string name)
    {
        var row = Rows.Single(row => row!["name"]!.GetValue<string>() == name)!;
        var master = new MasterHarness();
        var info = An.Agent();
        info.Id = new() { Value = Agent };
        var link = master.Link(An.Return(info));
        var id = FrameworkIn(row.ToJsonString());
        var stream = master.Subscribe(InfoFor(name, id));
        master.Settle();
        if (name == "duplicate_task_id_running")
        {
            master.Accept(stream, master.Offers(stream), A.Launch(A.Task("dup2", info.Id)));
            master.Settle();
        }

        var offer = master.Offers(stream)[^1];
        master.Forget();
        foreach (var request in row["request"]!.AsArray())
        {
            Assert.Equal((202, ""), master.Make(stream, CallOf(request!, id, offer)));
        }

        var expected = row["events"]!.AsArray().Select(e => StatusOf(e!, offer)).ToArray();
        var refused = expected.Where(static status => status.Source == TaskStatus.Types.Source.Master).ToArray();
        var started = expected.Where(static status => status.Source != TaskStatus.Types.Source.Master).Select(static status => status.TaskId.Value).ToArray();
        Assert.Equal(refused.Select(Comparable), master.Updates(stream).Select(Comparable));
        Assert.Equal(started, master.Frames(link).SelectMany(Started));
    }

    private static FrameworkInfo InfoFor(string name, string id) => name switch
    {
        "allocation_missing_multi_role" => A.Framework(id: id, roles: ["*"]),
        _ when name.EndsWith("partition_aware", StringComparison.Ordinal) => A.Framework(id: id, can: Capability.PartitionAware),
        _ => A.Framework(id: id),
    };

    private static string FrameworkIn(string text)
    {
        var at = text.IndexOf(FrameworkPrefix, StringComparison.Ordinal);
        return at < 0 ? FrameworkPrefix + "00" : text.Substring(at, FrameworkPrefix.Length + 2);
    }

    private static Call CallOf(JsonNode request, string framework, Offer offer)
    {
        var call = Parse<Call>(WithOffer(request.ToJsonString(), offer));
        call.FrameworkId = new() { Value = framework };
        return call;
    }

    private static TaskStatus StatusOf(JsonNode happened, Offer offer) => Parse<Event>(WithOffer(happened.ToJsonString(), offer)).Update.Status;

    // The offer of the capture stands for the one that is open now.
    private static string WithOffer(string text, Offer offer)
    {
        for (var at = text.IndexOf(OfferPrefix, StringComparison.Ordinal); at >= 0; at = text.IndexOf(OfferPrefix, StringComparison.Ordinal))
        {
            var end = at + OfferPrefix.Length;
            while (char.IsAsciiDigit(text[end]))
            {
                end++;
            }

            text = text[..at] + offer.Id.Value + text[end..];
        }

        return text;
    }

    private static T Parse<T>(string json)
        where T : class, Google.Protobuf.IMessage<T>, new()
    {
        Assert.True(JsonCodec.TryParse<T>(System.Text.Encoding.UTF8.GetBytes(json), out var message, out var problem), problem?.ToString());
        return message;
    }

    private static string Comparable(TaskStatus status)
    {
        Assert.True(status.HasTimestamp);
        var timeless = status.Clone();
        timeless.ClearTimestamp();
        return JsonCodec.ToText(timeless);
    }

    private static IEnumerable<string> Started(MasterFrame frame) =>
        frame.RunTask is { } one ? [one.Task.TaskId.Value]
        : frame.RunTaskGroup is { } group ? group.TaskGroup.Tasks.Select(static task => task.TaskId.Value)
        : [];
}
