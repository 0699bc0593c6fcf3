using System.Net.Sockets;
using System.Text;

namespace Tepui.Services.Tests.Events;

public sealed class EventStreamTests
{
    [Fact]
    public async Task Stream_Opened_BeginsWithItsOwnAttachment()
    {
        await using var services = await Support.Services.StartAsync();
        await using var events = await services.EventsAsync();

        var first = await events.NextAsync();

        Assert.Equal("event_stream_attached", first!.Value.Type);
        Assert.Equal("127.0.0.1", (string)first.Value.Data["remoteAddress"]!);
    }

    [Fact]
    public async Task Stream_Filtered_HearsOnlyTheNamedTypes()
    {
        await using var services = await Support.Services.StartAsync();
        await using var events = await services.EventsAsync("?event_type=api_post_event");

        await services.PostAsync("/v2/apps", """{"id":"/web","cmd":"sleep 1000"}""");

        var first = await events.NextAsync();
        Assert.Equal("api_post_event", first!.Value.Type);
        Assert.Equal("/web", (string)first.Value.Data["appDefinition"]!["id"]!);
    }

    [Fact]
    public async Task Stream_Framing_IsThatOfServletContainers()
    {
        await using var services = await Support.Services.StartAsync();
        using var client = new TcpClient();
        await client.ConnectAsync(services.Host.Endpoint);
        await client.GetStream().WriteAsync("GET /v2/events HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n\r\n"u8.ToArray());

        var text = "";
        var buffer = new byte[4096];
        await Wait.UntilAsync(
            async () =>
            {
                text += Encoding.UTF8.GetString(buffer, 0, await client.GetStream().ReadAsync(buffer));
                return text.Contains("event_stream_attached\",\"timestamp", StringComparison.Ordinal);
            },
            () => text);

        Assert.Contains("event: event_stream_attached\r\ndata: {", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Content-Encoding", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_ThatIsNotRead_IsCutOff()
    {
        await using var services = await Support.Services.StartAsync(settings => settings with { EventsWaitingMax = 8 });
        using var client = new TcpClient { ReceiveBufferSize = 4096 };
        await client.ConnectAsync(services.Host.Endpoint);
        await client.GetStream().WriteAsync("GET /v2/events HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n\r\n"u8.ToArray());
        await Wait.UntilAsync(async () => await StreamsAsync(services) == 1, () => "the stream is open");

        var note = new string('x', 200_000);
        var number = 0;
        await Wait.UntilAsync(
            async () =>
            {
                await services.PutAsync($"/v2/apps/web{number++}", $$$"""{"cmd":"sleep 1000","instances":0,"labels":{"note":"{{{note}}}"}}""");
                return await StreamsAsync(services) == 0;
            },
            () => $"the stream is cut off after {number} large events");
    }

    [Fact]
    public async Task Stream_OfAQuickReader_SurvivesABurst()
    {
        await using var services = await Support.Services.StartAsync(settings => settings with { EventsWaitingMax = 64 });
        await using var events = await services.EventsAsync("?event_type=api_post_event");
        var note = new string('x', 50_000);

        var posts = Enumerable.Range(0, 40).Select(number => services.PutAsync($"/v2/apps/web{number}", $$$"""{"cmd":"sleep 1000","instances":0,"labels":{"note":"{{{note}}}"}}"""));
        await Task.WhenAll(posts);

        for (var heard = 0; heard < 40; heard++)
        {
            await events.UntilAsync("api_post_event");
        }
    }

    [Fact]
    public async Task Callback_Set_HearsUntilItIsTakenBack_AlsoAfterARestart()
    {
        using var listener = new TextServer();
        await using var services = await Support.Services.StartAsync();
        var url = $"http://127.0.0.1:{listener.Port}/hook";
        await services.PostAsync($"/v2/eventSubscriptions?callbackUrl={url}", null);
        await HeardAsync("subscribe_event");

        await services.RestartAsync();
        await services.PutAsync("/v2/apps/a", """{"cmd":"sleep 1000"}""");
        await HeardAsync("\"/a\"");

        await services.DeleteAsync($"/v2/eventSubscriptions?callbackUrl={url}");
        await services.PutAsync("/v2/apps/b", """{"cmd":"sleep 1000"}""");
        await services.PostAsync($"/v2/eventSubscriptions?callbackUrl={url}", null);
        await services.PutAsync("/v2/apps/c", """{"cmd":"sleep 1000"}""");
        await HeardAsync("\"/c\"");
        Assert.DoesNotContain(listener.Requests, request => request.Body.Contains("\"/b\"", StringComparison.Ordinal));

        Task HeardAsync(string text) => Wait.UntilAsync(() => listener.Requests.Any(request => request.Body.Contains(text, StringComparison.Ordinal)), () => $"the callback hears {text}");
    }

    [Fact]
    public async Task Leader_Abdicated_EndsStreamsAndLeadsOn()
    {
        await using var services = await Support.Services.StartAsync();
        await using var events = await services.EventsAsync();
        await events.NextAsync();

        var answer = await services.DeleteAsync("/v2/leader");

        Assert.Equal((200, "Leadership abdicated"), (answer.Code, (string)answer.Json["message"]!));
        Assert.Null(await events.NextAsync());
        Assert.Equal(200, (await services.GetAsync("/v2/leader")).Code);
    }

    private static async Task<int> StreamsAsync(Support.Services services) =>
        (int)(await services.GetAsync("/metrics")).Json["gauges"]!["marathon.http.event-streams.active.gauge"]!["value"]!;
}
