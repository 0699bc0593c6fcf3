using System.Text;
using System.Text.Json.Nodes;

namespace Tepui.Jobs.Tests.Clients;

/// <summary>Requests as clients of Chronos sent them (tests/Captures/chronos-clients), in order, against a fresh scheduler.</summary>
public sealed class RecordedClientTests
{
    private static readonly string Root = Find();

    public static TheoryData<string> Clients() => new(Directory.GetFiles(Root, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)!));

    [Theory, MemberData(nameof(Clients))]
    public async Task Requests_OfAClient_AreAnsweredAsWhenItSentThem(string client)
    {
        await using var jobs = await Support.Jobs.StartAsync();
        var recording = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Root, client + ".json")))!;

        foreach (var request in recording["requests"]!.AsArray())
        {
            using var message = new HttpRequestMessage(new HttpMethod((string)request!["method"]!), new Uri(jobs.Host.Address, (string)request["path"]!));
            if (request["body"] is { } body)
            {
                message.Content = new ByteArrayContent(Encoding.UTF8.GetBytes((string)body!));
            }

            foreach (var (name, value) in request["headers"]!.AsObject())
            {
                _ = name == "Content-Type" ? message.Content?.Headers.TryAddWithoutValidation(name, (string)value!) : message.Headers.TryAddWithoutValidation(name, (string)value!);
            }

            using var answer = await jobs.Http.SendAsync(message);

            Assert.True((int)request["status"]! == (int)answer.StatusCode, $"{request.ToJsonString()}: {(int)answer.StatusCode}");
        }

        Assert.Equal("[]", (await jobs.GetAsync("/scheduler/jobs")).Body);
    }

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var root = Path.Combine(folder.FullName, "tests", "Captures", "chronos-clients");
            if (Directory.Exists(root))
            {
                return root;
            }
        }

        throw new DirectoryNotFoundException($"No folder tests/Captures/chronos-clients above {AppContext.BaseDirectory}.");
    }
}
