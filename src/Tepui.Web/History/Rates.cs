namespace Tepui.Web.History;

/// <summary>What happened between samples, from counters that start again at 0 with the master.</summary>
public static class Rates
{
    /// <summary>Growth of a counter from one sample to the next. A restart of the master counts as growth from 0.</summary>
    public static double Growth(double before, double after) => after >= before ? after - before : after;

    /// <summary>Share of tasks that ended in failure among all that ended by themselves in these samples, 0 to 1; null when none ended.</summary>
    public static double? FailureShare(IReadOnlyList<Sample> samples)
    {
        double failed = 0, finished = 0;
        for (var i = 1; i < samples.Count; i++)
        {
            failed += Growth(samples[i - 1].Failed, samples[i].Failed);
            finished += Growth(samples[i - 1].Finished, samples[i].Finished);
        }

        return failed + finished > 0 ? failed / (failed + finished) : null;
    }

    /// <summary>Failures a minute at each sample, over the <paramref name="window"/> before it.</summary>
    public static double[] FailuresPerMinute(IReadOnlyList<Sample> samples, TimeSpan window) => PerMinute(samples, window, sample => sample.Failed);

    /// <summary>Tasks ended with success a minute at each sample, over the <paramref name="window"/> before it.</summary>
    public static double[] FinishedPerMinute(IReadOnlyList<Sample> samples, TimeSpan window) => PerMinute(samples, window, sample => sample.Finished);

    /// <summary>Share of failures at each sample among what ended in the <paramref name="window"/> before it, 0 to 1; not a number where nothing ended.</summary>
    public static double[] FailureShares(IReadOnlyList<Sample> samples, TimeSpan window) =>
        [.. FailuresPerMinute(samples, window).Zip(FinishedPerMinute(samples, window), (failed, finished) => failed + finished > 0 ? failed / (failed + finished) : double.NaN)];

    private static double[] PerMinute(IReadOnlyList<Sample> samples, TimeSpan window, Func<Sample, double> counter)
    {
        var rates = new double[samples.Count];
        var first = 0;
        double sum = 0;
        for (var i = 1; i < samples.Count; i++)
        {
            sum += Growth(counter(samples[i - 1]), counter(samples[i]));
            while (samples[i].At - samples[first].At > window)
            {
                sum -= Growth(counter(samples[first]), counter(samples[first + 1]));
                first++;
            }

            // A window that is not full yet would make a single failure look like many.
            var minutes = Math.Max((samples[i].At - samples[first].At).TotalMinutes, window.TotalMinutes / 2);
            rates[i] = Math.Max(0, sum) / minutes;
        }

        return rates;
    }
}
