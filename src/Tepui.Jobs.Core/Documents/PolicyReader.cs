using System.Globalization;
using System.Xml;
using Tepui.Jobs.Core.Specs;

namespace Tepui.Jobs.Core.Documents;

/// <summary>Reads what jobs say beyond Chronos.</summary>
internal static class PolicyReader
{
    private const double FactorMax = 100;

    /// <summary>How late a run may start.</summary>
    public static TimeSpan? Epsilon(Members job)
    {
        if (job.Text("epsilon") is not { Length: > 0 } text)
        {
            return null;
        }

        if (Duration(text) is { } span && span >= TimeSpan.Zero && span <= TimeSpan.FromSeconds(Limits.Seconds))
        {
            return TimeSpan.FromMilliseconds(Math.Floor(span.TotalMilliseconds));
        }

        job.Refuse("epsilon", $"is '{Members.Cut(text)}'; it must be a duration such as PT30M, P1D or PT90S, of at most {Limits.Seconds} seconds");
        return null;
    }

    /// <summary>What becomes of missed occurrences.</summary>
    public static CatchUp? CatchUpOf(Members job) => job.Word("catchUp", "last", "all", "none") switch
    {
        "last" => CatchUp.Last,
        "all" => CatchUp.All,
        "none" => CatchUp.None,
        _ => null,
    };

    /// <summary>Whether runs overlap: <c>concurrency</c>, or the flag that Chronos has for it.</summary>
    public static Concurrency? ConcurrencyOf(Members job)
    {
        var overlaps = job.Flag("concurrent") ?? false;
        var word = job.Word("concurrency", "forbid", "allow", "replace");
        if (overlaps && word is "forbid" or "replace" && overlaps)
        {
            job.Refuse("concurrency", $"is '{word}', but concurrent is true; leave one of them out");
        }

        return word switch
        {
            "forbid" => Concurrency.Forbid,
            "allow" => Concurrency.Allow,
            "replace" => Concurrency.Replace,
            _ => overlaps ? Concurrency.Allow : null,
        };
    }

    /// <summary>How often an occurrence may be launched.</summary>
    public static Delivery? DeliveryOf(Members job) => job.Word("delivery", "atLeastOnce", "atMostOnce") switch
    {
        "atLeastOnce" => Delivery.AtLeastOnce,
        "atMostOnce" => Delivery.AtMostOnce,
        _ => null,
    };

    /// <summary>Which ends of parents' runs count.</summary>
    public static ParentTrigger? ParentTriggerOf(Members job) => job.Word("parentTrigger", "success", "failure", "any") switch
    {
        "success" => ParentTrigger.Success,
        "failure" => ParentTrigger.Failure,
        "any" => ParentTrigger.Any,
        _ => null,
    };

    /// <summary>Waits between attempts.</summary>
    public static RetryBackoff? Backoff(Members job)
    {
        if (job.Object("retryBackoff") is not { } backoff)
        {
            return null;
        }

        if (!backoff.Has("initialSeconds"))
        {
            backoff.Refuse("initialSeconds", "is missing; it is the wait before the first retry");
        }

        var initial = Span(backoff.Number("initialSeconds", 0, Limits.Seconds) ?? 0);
        var factor = backoff.Number("factor", 1, FactorMax) ?? 2;
        var most = backoff.Number("maxSeconds", 0, Limits.Seconds) is { } seconds ? Span(seconds) : initial < TimeSpan.FromHours(1) ? TimeSpan.FromHours(1) : initial;
        if (most < initial)
        {
            backoff.Refuse("maxSeconds", $"is {most.TotalSeconds}, less than initialSeconds, {initial.TotalSeconds}; it is the longest wait");
        }

        return new(initial, factor, most);
    }

    /// <summary>Who is told beside the owners.</summary>
    public static NotifyPolicy? Notify(Members job)
    {
        if (job.Object("notify") is not { } notify)
        {
            return null;
        }

        var webhook = notify.Text("webhook") is { Length: > 0 } text ? text : null;
        if (webhook is not null && !(Uri.TryCreate(webhook, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address!.Host.Length > 0))
        {
            notify.Refuse("webhook", $"is '{Members.Cut(webhook)}'; it must be an address that begins with http:// or https://");
        }

        var on = notify.Texts("on");
        for (var index = 0; index < on.Count; index++)
        {
            if (on[index] is not ("failure" or "recovery" or "late"))
            {
                notify.Refuse($"on[{index}]", $"is '{Members.Cut(on[index])}'; allowed are failure, recovery, late");
            }
        }

        return new(webhook, [.. on.Distinct(StringComparer.Ordinal)]);
    }

    private static TimeSpan Span(double seconds) => TimeSpan.FromMilliseconds(Math.Round(seconds * 1000));

    // A month has 30 days here, a year 365. Weeks stand alone in ISO 8601.
    private static TimeSpan? Duration(string text)
    {
        text = text.Trim().ToUpperInvariant();
        try
        {
            return text.StartsWith('P') && text.EndsWith('W') && int.TryParse(text.AsSpan(1, text.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out var weeks)
                ? TimeSpan.FromDays(7L * weeks)
                : XmlConvert.ToTimeSpan(text);
        }
        catch (Exception e) when (e is FormatException or OverflowException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }
}
