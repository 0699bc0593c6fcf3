using System.Text.Json.Nodes;

namespace Tepui.Jobs.Tests.Rest;

/// <summary>The requests of tests/Captures/jobs-examples over HTTP, below both prefixes.</summary>
public sealed class ExamplesTests
{
    private static readonly string Root = Find();

    [Theory]
    [InlineData("/v1/scheduler")]
    [InlineData("/scheduler")]
    public async Task Requests_OfTheExamples_AreAnsweredAsTheySay(string prefix)
    {
        await using var jobs = await Support.Jobs.StartAsync();

        // Parents first.
        foreach (var name in Directory.GetFiles(Root, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)!).OrderBy(name => name == "dependent").ThenBy(name => name, StringComparer.Ordinal))
        {
            var example = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Root, name + ".json")))!;
            var body = example["text"] is { } text ? (string)text! : example["body"]!.ToJsonString();
            var path = ((string)example["request"]!)["POST ".Length..].Replace("/v1/scheduler", prefix, StringComparison.Ordinal);

            var answer = await jobs.PostAsync(path, body);

            Assert.True((int)example["status"]! == answer.Code, $"{name}: {answer.Code} {answer.Body}");
            Assert.True(answer.Code == 204 ? answer.Body.Length == 0 : (string?)answer.Json["message"] is { Length: > 0 }, name);
        }

        var all = (await jobs.GetAsync($"{prefix}/jobs")).Json.AsArray();
        Assert.Equal(["night_sweep", "pack-box", "tally"], all.Select(job => (string)job!["name"]!));
        Assert.Equal(
            ["""{"zone":"America/Denver","times":["2031-03-02T01:15:00-07:00","2031-03-03T01:15:00-07:00"]}"""],
            [(await jobs.GetAsync($"{prefix}/job/night_sweep/next?count=2")).Body]);
    }

    [Fact]
    public async Task ParentsLeftOut_OnReplacement_AreRefusedWith400()
    {
        await using var jobs = await Support.Jobs.StartAsync();
        await jobs.PostAsync("/scheduler/iso8601", """{"name":"a","schedule":"R/2031-01-01T00:00:00Z/P1D"}""");
        await jobs.PostAsync("/scheduler/dependency", """{"name":"b","parents":["a"]}""");

        Assert.Equal(500, (await jobs.PostAsync("/scheduler/dependency", """{"name":"c","parents":[]}""")).Code);
        Assert.Equal(400, (await jobs.PostAsync("/scheduler/dependency", """{"name":"b","parents":[]}""")).Code);
        Assert.Equal("""["a"]""", (await jobs.GetAsync("/scheduler/job/b")).Json["parents"]!.ToJsonString());
    }

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var root = Path.Combine(folder.FullName, "tests", "Captures", "jobs-examples");
            if (Directory.Exists(root))
            {
                return root;
            }
        }

        throw new DirectoryNotFoundException($"No folder tests/Captures/jobs-examples above {AppContext.BaseDirectory}.");
    }
}
