using Tepui.Protocol.V1;

namespace Tepui.Master.Core.Allocation;

/// <summary>How long a refusal holds.</summary>
public static class RefusalTimeout
{
    private const double SecondsDefault = 5;

    /// <summary>Longest refusal.</summary>
    public static readonly TimeSpan Max = TimeSpan.FromDays(365);

    /// <summary>From the filters of an ACCEPT or DECLINE: 5 s unless given, at most <see cref="Max"/>, at least <paramref name="least"/>; zero is no filter.</summary>
    public static TimeSpan Of(Filters? filters, TimeSpan least)
    {
        var seconds = filters is { HasRefuseSeconds: true } ? filters.RefuseSeconds : SecondsDefault;
        if (double.IsNaN(seconds) || seconds < 0)
        {
            seconds = SecondsDefault;
        }

        if (seconds == 0)
        {
            return TimeSpan.Zero;
        }

        var timeout = seconds >= Max.TotalSeconds ? Max : TimeSpan.FromSeconds(seconds);
        return timeout < least ? least : timeout;
    }
}
