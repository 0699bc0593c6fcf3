using System.Text.Json;
using System.Xml;
using Tepui.Jobs.Core.Specs;

namespace Tepui.Jobs.Core.Documents;

/// <summary>Writes what jobs say beyond Chronos: only what their author said.</summary>
internal static class PolicyWriter
{
    /// <summary>Writes the members that are set.</summary>
    public static void Write(Utf8JsonWriter json, JobSpec spec)
    {
        if (spec.Async)
        {
            json.WriteBoolean("async"u8, true);
        }

        if (spec.Epsilon is { } epsilon)
        {
            json.WriteString("epsilon"u8, XmlConvert.ToString(epsilon));
        }

        Word(json, "catchUp"u8, spec.CatchUp is { } catchUp ? Word(catchUp) : null);
        Word(json, "concurrency"u8, spec.Concurrency is { } concurrency and not Concurrency.Allow ? Word(concurrency) : null);
        Word(json, "delivery"u8, spec.Delivery is { } delivery ? Word(delivery) : null);
        Word(json, "parentTrigger"u8, spec.ParentTrigger is { } trigger ? Word(trigger) : null);
        Backoff(json, spec.RetryBackoff);
        Notify(json, spec.Notify);
    }

    private static void Backoff(Utf8JsonWriter json, RetryBackoff? backoff)
    {
        if (backoff is null)
        {
            return;
        }

        json.WriteStartObject("retryBackoff"u8);
        json.WriteNumber("initialSeconds"u8, backoff.Initial.TotalSeconds);
        json.WriteNumber("factor"u8, backoff.Factor);
        json.WriteNumber("maxSeconds"u8, backoff.Max.TotalSeconds);
        json.WriteEndObject();
    }

    private static void Notify(Utf8JsonWriter json, NotifyPolicy? notify)
    {
        if (notify is null)
        {
            return;
        }

        json.WriteStartObject("notify"u8);
        if (notify.Webhook is { } webhook)
        {
            json.WriteString("webhook"u8, webhook);
        }

        json.WriteStartArray("on"u8);
        foreach (var what in notify.On)
        {
            json.WriteStringValue(what);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    // Names begin with a small letter in documents.
    private static string Word<T>(T value)
        where T : struct, Enum
    {
        var name = value.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    private static void Word(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? word)
    {
        if (word is not null)
        {
            json.WriteString(name, word);
        }
    }
}
