using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;

namespace Tepui.Web.Tests;

/// <summary>A stream of events that a test feeds.</summary>
internal sealed class FakeEvents
{
    private readonly ConcurrentDictionary<Channel<string>, bool> _subscribers = new();

    /// <summary>How many listen.</summary>
    public int Subscribers => _subscribers.Count;

    /// <summary>Sends a text to all who listen.</summary>
    public void Send(string text)
    {
        foreach (var subscriber in _subscribers.Keys)
        {
            subscriber.Writer.TryWrite(text);
        }
    }

    /// <summary>Ends the streams of all who listen.</summary>
    public void End()
    {
        foreach (var subscriber in _subscribers.Keys)
        {
            subscriber.Writer.TryComplete();
        }
    }

    /// <summary>Sends a client a first text, and then what comes, until the page goes or the stream is ended.</summary>
    public async Task ServeAsync(HttpContext context, string first)
    {
        var channel = Channel.CreateUnbounded<string>();
        channel.Writer.TryWrite(first);
        _subscribers[channel] = true;
        context.Response.ContentType = "text/event-stream";
        try
        {
            await foreach (var text in channel.Reader.ReadAllAsync(context.RequestAborted))
            {
                await context.Response.WriteAsync(text, context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
            }
        }
        catch (OperationCanceledException)
        {
            // The page went.
        }
        finally
        {
            _subscribers.TryRemove(channel, out _);
        }
    }
}
