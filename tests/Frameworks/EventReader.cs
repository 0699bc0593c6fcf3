using System.Text.Json.Nodes;

namespace Tepui.Tests.Frameworks;

/// <summary>Reads a stream of events as a client does.</summary>
internal sealed class EventReader : IAsyncDisposable
{
    private readonly HttpResponseMessage _answer;
    private readonly StreamReader _reader;

    private EventReader(HttpResponseMessage answer, Stream stream)
    {
        _answer = answer;
        _reader = new StreamReader(stream);
    }

    public string? ContentType => _answer.Content.Headers.ContentType?.MediaType;

    public static async Task<EventReader> OpenAsync(HttpClient http, Uri address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Add("Accept", "text/event-stream");
        var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        answer.EnsureSuccessStatusCode();
        return new EventReader(answer, await answer.Content.ReadAsStreamAsync());
    }

    /// <summary>The next event; <see langword="null"/> at the end of the stream.</summary>
    public async Task<(string Type, JsonNode Data)?> NextAsync()
    {
        string? type = null;
        while (await _reader.ReadLineAsync().WaitAsync(Wait.Limit) is { } line)
        {
            if (line.StartsWith("event: ", StringComparison.Ordinal))
            {
                type = line["event: ".Length..];
            }
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                return (type!, JsonNode.Parse(line["data: ".Length..])!);
            }
        }

        return null;
    }

    /// <summary>Reads on to the next event of a type.</summary>
    public async Task<JsonNode> UntilAsync(string type)
    {
        while (await NextAsync() is { } happened)
        {
            if (happened.Type == type)
            {
                return happened.Data;
            }
        }

        throw new EndOfStreamException($"The stream ended before a {type}");
    }

    public ValueTask DisposeAsync()
    {
        _reader.Dispose();
        _answer.Dispose();
        return ValueTask.CompletedTask;
    }
}
