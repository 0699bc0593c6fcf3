using System.Globalization;
using System.Text.Json;
using Tepui.Jobs.Core.Jobs;
using Tepui.Jobs.Core.Specs;

namespace Tepui.Jobs.Core.Documents;

/// <summary>Writes jobs with the members, the order and the forms of Chronos 3; members of ours follow, if their author set them.</summary>
internal static class JobWriter
{
    /// <summary>Writes the members of a job.</summary>
    /// <param name="json">Within an object.</param>
    /// <param name="spec">What is wanted.</param>
    /// <param name="progress">What became of it; <see langword="null"/>: the counters are left out, and the schedule is as its author wrote it.</param>
    /// <param name="isMirrored">Shows what is in one of <c>fetch</c> and <c>uris</c> in the other too.</param>
    public static void Members(Utf8JsonWriter json, JobSpec spec, JobProgress? progress, bool isMirrored)
    {
        json.WriteString("name"u8, spec.Name.Value);
        json.WriteString("command"u8, spec.Command);
        json.WriteBoolean("shell"u8, spec.Shell);
        json.WriteString("executor"u8, spec.Executor);
        json.WriteString("executorFlags"u8, spec.ExecutorFlags);
        json.WriteString("taskInfoData"u8, spec.TaskInfoData);
        json.WriteNumber("retries"u8, spec.Retries);
        json.WriteString("owner"u8, spec.Owner);
        json.WriteString("ownerName"u8, spec.OwnerName);
        json.WriteString("description"u8, spec.Description);
        if (progress is not null)
        {
            json.WriteNumber("successCount"u8, progress.SuccessCount);
            json.WriteNumber("errorCount"u8, progress.ErrorCount);
            Time(json, "lastSuccess"u8, progress.LastSuccess);
            Time(json, "lastError"u8, progress.LastError);
        }

        json.WriteNumber("cpus"u8, Amount(spec.Cpus));
        json.WriteNumber("disk"u8, Amount(spec.Disk));
        json.WriteNumber("mem"u8, Amount(spec.Mem));
        json.WriteBoolean("disabled"u8, spec.Disabled);
        json.WriteBoolean("softError"u8, spec.SoftError);
        json.WriteBoolean("dataProcessingJobType"u8, spec.DataProcessing);
        if (progress is not null)
        {
            json.WriteNumber("errorsSinceLastSuccess"u8, progress.ErrorsSinceLastSuccess);
        }

        Fetch(json, spec, isMirrored);
        Variables(json, spec.Environment);
        Texts(json, "arguments"u8, spec.Arguments);
        json.WriteBoolean("highPriority"u8, spec.HighPriority);
        json.WriteString("runAsUser"u8, spec.RunAsUser);
        json.WriteBoolean("concurrent"u8, spec.Concurrency is Concurrency.Allow);
        json.WriteNumber("maxCompletionTime"u8, (long)spec.MaxCompletionTime.TotalSeconds);
        if (spec.Container is { } container)
        {
            json.WritePropertyName("container"u8);
            ContainerWriter.Write(json, container);
        }

        Constraints(json, spec.Constraints);
        Cause(json, spec, progress);
        PolicyWriter.Write(json, spec);
    }

    /// <summary>The schedule as it stands: as written before its first run, then with the next start and the rest of the count.</summary>
    public static string ScheduleText(JobSchedule schedule, JobProgress? progress)
    {
        var times = schedule.Times;
        if (schedule.IsCron || progress is null)
        {
            return times.AnchoredText;
        }

        if (progress.NextDue is { } next)
        {
            return progress.Remaining == times.Count && times.FirstAtOrAfter(DateTimeOffset.MinValue) == next ? times.AnchoredText : times.TextFrom(next, progress.Remaining);
        }

        // What has run out shows when it would have gone on.
        return progress is { Remaining: 0, LastDue: { } last } ? times.TextFrom(times.FirstAfter(last) ?? last, 0) : times.AnchoredText;
    }

    /// <summary>Thousandths as Java prints them: with a point.</summary>
    public static decimal Amount(long thousandths)
    {
        var (value, scale) = (Math.Abs(thousandths), (byte)3);
        while (scale > 1 && value % 10 == 0)
        {
            value /= 10;
            scale--;
        }

        return new((int)(value & uint.MaxValue), (int)(value >> 32), 0, thousandths < 0, scale);
    }

    private static void Cause(Utf8JsonWriter json, JobSpec spec, JobProgress? progress)
    {
        if (spec.Schedule is not { } schedule)
        {
            json.WriteStartArray("parents"u8);
            foreach (var parent in spec.Parents)
            {
                json.WriteStringValue(parent.Value);
            }

            json.WriteEndArray();
            return;
        }

        json.WriteString("schedule"u8, schedule.IsCron ? "" : ScheduleText(schedule, progress));
        json.WriteString("scheduleTimeZone"u8, schedule.Zone);
        if (schedule.IsCron)
        {
            json.WriteString("cron"u8, schedule.Times.Text);
        }
    }

    private static void Fetch(Utf8JsonWriter json, JobSpec spec, bool isMirrored)
    {
        var isFromUris = isMirrored && spec.Fetch.Count == 0;
        json.WriteStartArray("fetch"u8);
        foreach (var fetch in isFromUris ? spec.Uris.Select(uri => new Fetch(uri)) : spec.Fetch)
        {
            json.WriteStartObject();
            json.WriteString("uri"u8, fetch.Uri);
            json.WriteBoolean("executable"u8, fetch.Executable);
            json.WriteBoolean("cache"u8, fetch.Cache);
            json.WriteBoolean("extract"u8, fetch.Extract);
            if (fetch.OutputFile.Length > 0)
            {
                json.WriteString("output_file"u8, fetch.OutputFile);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        Texts(json, "uris"u8, isMirrored && !isFromUris ? [.. spec.Fetch.Select(fetch => fetch.Uri), .. spec.Uris] : spec.Uris);
    }

    private static void Variables(Utf8JsonWriter json, IReadOnlyList<EnvironmentVariable> variables)
    {
        json.WriteStartArray("environmentVariables"u8);
        foreach (var variable in variables)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, variable.Name);
            json.WriteString("value"u8, variable.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Constraints(Utf8JsonWriter json, IReadOnlyList<Constraint> constraints)
    {
        json.WriteStartArray("constraints"u8);
        foreach (var constraint in constraints)
        {
            json.WriteStartArray();
            json.WriteStringValue(constraint.Attribute);
            json.WriteStringValue(constraint.Operator);
            json.WriteStringValue(constraint.Value);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static void Texts(Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private static void Time(Utf8JsonWriter json, ReadOnlySpan<byte> name, DateTimeOffset? time)
    {
        Span<char> text = stackalloc char[24];
        var length = 0;
        time?.UtcDateTime.TryFormat(text, out length, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        json.WriteString(name, text[..length]);
    }
}
