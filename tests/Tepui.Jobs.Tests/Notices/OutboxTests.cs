using System.Text.Json.Nodes;

namespace Tepui.Jobs.Tests.Notices;

/// <summary>From a change of a job to those who are told, over restarts.</summary>
public sealed class OutboxTests
{
    private const string Job = """{"name":"backup","command":"true","schedule":"R/2091-01-01T00:00:00Z/P1D","owner":"a@example.com"}""";

    [Fact]
    public async Task Notice_OfARemovedJob_IsPosted()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var jobs = await Support.Jobs.StartAsync(settings => settings with { Notices = new() { HttpUrl = receiver.Url } });

        await RemoveAsync(jobs);

        var json = (await receiver.BodiesAsync(1))[0];
        Assert.Equal(("removed", "backup", "a@example.com", "[Tepui] job 'backup' was removed"), ($"{json["event"]}", $"{json["job"]}", $"{json["to"]}", $"{json["subject"]}"));
    }

    [Fact]
    public async Task Notice_WrittenBeforeTheEnd_IsToldAfterARestart()
    {
        await using var slow = await Receiver.StartAsync();
        slow.Hangs = true;
        await using var postbox = await Postbox.StartAsync();
        await using var jobs = await Support.Jobs.StartAsync(settings => settings with { Notices = new() { HttpUrl = slow.Url, Mail = postbox.Server } });
        await RemoveAsync(jobs);
        var first = (await slow.BodiesAsync(1))[0];
        Assert.Equal("""["a@example.com"]""", (await postbox.NextAsync())["to"]!.ToJsonString());

        // It ends before the core has heard how it went, and starts again with a receiver that answers.
        slow.Hangs = false;
        await jobs.RestartAsync();

        var second = (await slow.BodiesAsync(2))[1];
        Assert.Equal(first.ToJsonString(), second.ToJsonString());
        Assert.Equal("""["a@example.com"]""", (await postbox.NextAsync())["to"]!.ToJsonString());

        // Once it is told, no start tells it again: a later notice is the next one there is.
        await Wait.UntilAsync(async () => (await jobs.GetAsync("/metrics")).Body.Contains("\"notices.waiting\":{\"value\":0", StringComparison.Ordinal), () => "nothing waits to be told");
        await jobs.RestartAsync();
        await RemoveAsync(jobs);
        Assert.NotEqual($"{first["id"]}", $"{(await slow.BodiesAsync(3))[2]["id"]}");
    }

    // The page shows a notice about a run; this one is about none.
    [Fact]
    public async Task Notice_OfAnyJob_HasTheMembersThatThePageShows()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var jobs = await Support.Jobs.StartAsync(settings => settings with { Notices = new() { HttpUrl = receiver.Url } });
        await RemoveAsync(jobs);

        var page = await File.ReadAllTextAsync(Path.Join(Root(), "docs", "jobs-notices.md"));
        var shown = JsonNode.Parse(page.Split("```json")[1].Split("```")[0])!.AsObject();
        var sent = (await receiver.BodiesAsync(1))[0].AsObject();

        Assert.Equal(shown.Select(member => member.Key).Where(name => name != "run"), sent.Select(member => member.Key));
        Assert.All(sent, member => Assert.Equal(shown[member.Key]!.GetValueKind(), member.Value!.GetValueKind()));
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Join(folder.FullName, "Tepui.slnx")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException($"No Tepui.slnx above {AppContext.BaseDirectory}.");
        }

        return folder.FullName;
    }

    private static async Task RemoveAsync(Support.Jobs jobs)
    {
        Assert.Equal(204, (await jobs.PostAsync("/scheduler/iso8601", Job)).Code);
        Assert.Equal(204, (await jobs.DeleteAsync("/scheduler/job/backup")).Code);
    }
}
