using System.Text.Json;
using Google.Protobuf;
using Tepui.Jobs.Core.Specs;
using Tepui.Model.Schedules;
using Tepui.Protocol.Jobs;

namespace Tepui.Jobs.Core.Jobs;

/// <summary>What authors of jobs want, as the store holds it.</summary>
internal static class JobEntries
{
    /// <summary>As stored.</summary>
    public static JobEntry Write(JobSpec job)
    {
        var entry = new JobEntry { Name = job.Name.Value, Retries = job.Retries, Cpus = job.Cpus, Mem = job.Mem, Disk = job.Disk };
        WriteTexts(entry, job);
        WriteSwitches(entry, job);
        WritePolicies(entry, job);
        entry.Arguments.AddRange(job.Arguments);
        entry.Parents.AddRange(job.Parents.Select(parent => parent.Value));
        entry.Environment.AddRange(job.Environment.Select(variable => new Variable { Name = variable.Name, Value = variable.Value }));
        entry.Fetch.AddRange(job.Fetch.Select(Write));
        entry.Uris.AddRange(job.Uris);
        entry.Constraints.AddRange(job.Constraints.Select(item => new JobEntry.Types.Constraint { Attribute = item.Attribute, Operator = item.Operator, Value = item.Value }));
        if (job.Schedule is { } schedule)
        {
            entry.Schedule = new() { Text = schedule.Times.Text, IsCron = schedule.IsCron, Zone = schedule.Zone, SetAt = StoreTime.Write(schedule.SetAt) };
        }

        if (job.Container is { } container)
        {
            entry.Container = ByteString.CopyFrom(JsonSerializer.SerializeToUtf8Bytes(container, ContainerJson.Default.ContainerSpec));
        }

        return entry;
    }

    /// <summary>From the store. A job whose schedule cannot be read any more is kept, disabled, with the reason.</summary>
    public static JobSpec Read(JobEntry entry, SharedParts shared)
    {
        var schedule = entry.Schedule is { } stored ? Read(stored, shared) : null;
        return new()
        {
            Name = shared.Name(entry.Name),
            Command = shared.Text(entry.Command),
            Shell = entry.Shell,
            Arguments = shared.List(entry.Arguments, shared.Text),
            Executor = shared.Text(entry.Executor),
            ExecutorFlags = shared.Text(entry.ExecutorFlags),
            TaskInfoData = shared.Text(entry.TaskInfoData),
            Schedule = schedule,
            Parents = entry.Parents.Count == 0 ? [] : entry.Parents.Select(shared.Name).ToArray(),
            Retries = entry.Retries,
            RetryBackoff = entry.RetryBackoff is { } backoff ? shared.Part(backoff, () => new RetryBackoff(new(backoff.Initial), backoff.Factor, new(backoff.Max))) : null,
            Owner = shared.Text(entry.Owner),
            OwnerName = shared.Text(entry.OwnerName),
            Description = shared.Text(entry.Description),
            Cpus = entry.Cpus,
            Mem = entry.Mem,
            Disk = entry.Disk,
            Disabled = entry.Disabled || schedule?.Problem is not null,
            SoftError = entry.SoftError,
            DataProcessing = entry.DataProcessing,
            MaxCompletionTime = new(entry.MaxCompletion),
            HighPriority = entry.HighPriority,
            RunAsUser = shared.Text(entry.RunAsUser),
            Environment = shared.List(entry.Environment, static item => new EnvironmentVariable(item.Name, item.Value)),
            Fetch = shared.List(entry.Fetch, static item => new Fetch(item.Uri, item.Executable, item.Cache, item.Extract, item.OutputFile)),
            Uris = shared.List(entry.Uris, shared.Text),
            Constraints = shared.List(entry.Constraints, static item => new Constraint(item.Attribute, item.Operator, item.Value)),
            Container = entry.HasContainer ? shared.Part(entry.Container, () => JsonSerializer.Deserialize(entry.Container.Span, ContainerJson.Default.ContainerSpec)!) : null,
            Async = entry.Async,
            Epsilon = entry.HasEpsilon ? new TimeSpan(entry.Epsilon) : null,
            CatchUp = entry.HasCatchUp ? (CatchUp)entry.CatchUp : null,
            Concurrency = entry.HasConcurrency ? (Concurrency)entry.Concurrency : null,
            Delivery = entry.HasDelivery ? (Delivery)entry.Delivery : null,
            ParentTrigger = entry.HasParentTrigger ? (ParentTrigger)entry.ParentTrigger : null,
            Notify = entry.Notify is { } notify ? shared.Part(notify, () => new NotifyPolicy(notify.HasWebhook ? notify.Webhook : null, [.. notify.On])) : null,
        };
    }

    private static void WriteTexts(JobEntry entry, JobSpec job)
    {
        Set(job.Command, text => entry.Command = text);
        Set(job.Executor, text => entry.Executor = text);
        Set(job.ExecutorFlags, text => entry.ExecutorFlags = text);
        Set(job.TaskInfoData, text => entry.TaskInfoData = text);
        Set(job.Owner, text => entry.Owner = text);
        Set(job.OwnerName, text => entry.OwnerName = text);
        Set(job.Description, text => entry.Description = text);
        Set(job.RunAsUser, text => entry.RunAsUser = text);
    }

    private static void WriteSwitches(JobEntry entry, JobSpec job)
    {
        entry.Shell = job.Shell;
        Set(job.Disabled, value => entry.Disabled = value);
        Set(job.SoftError, value => entry.SoftError = value);
        Set(job.DataProcessing, value => entry.DataProcessing = value);
        Set(job.HighPriority, value => entry.HighPriority = value);
        Set(job.Async, value => entry.Async = value);
    }

    private static void WritePolicies(JobEntry entry, JobSpec job)
    {
        if (job.MaxCompletionTime > TimeSpan.Zero)
        {
            entry.MaxCompletion = job.MaxCompletionTime.Ticks;
        }

        if (job.Epsilon is { } epsilon)
        {
            entry.Epsilon = epsilon.Ticks;
        }

        Set((int?)job.CatchUp, value => entry.CatchUp = value);
        Set((int?)job.Concurrency, value => entry.Concurrency = value);
        Set((int?)job.Delivery, value => entry.Delivery = value);
        Set((int?)job.ParentTrigger, value => entry.ParentTrigger = value);
        if (job.RetryBackoff is { } backoff)
        {
            entry.RetryBackoff = new() { Initial = backoff.Initial.Ticks, Factor = backoff.Factor, Max = backoff.Max.Ticks };
        }

        if (job.Notify is { } notify)
        {
            entry.Notify = new();
            Set(notify.Webhook ?? "", text => entry.Notify.Webhook = text);
            entry.Notify.On.AddRange(notify.On);
        }
    }

    // What is empty, off or not said takes no room.
    private static void Set(string value, Action<string> set)
    {
        if (value.Length > 0)
        {
            set(value);
        }
    }

    private static void Set(bool value, Action<bool> set)
    {
        if (value)
        {
            set(value);
        }
    }

    private static void Set(int? value, Action<int> set)
    {
        if (value is { } said)
        {
            set(said);
        }
    }

    private static JobEntry.Types.Fetch Write(Fetch fetch)
    {
        var entry = new JobEntry.Types.Fetch { Uri = fetch.Uri, Executable = fetch.Executable, Cache = fetch.Cache, Extract = fetch.Extract };
        Set(fetch.OutputFile, text => entry.OutputFile = text);
        return entry;
    }

    private static JobSchedule Read(JobEntry.Types.Schedule stored, SharedParts shared)
    {
        var setAt = StoreTime.Read(stored.SetAt);
        var text = shared.Text(stored.Text);
        var times = stored.IsCron ? Schedule.ParseCron(text, stored.Zone, out var problem) : Schedule.ParseIso(text, stored.Zone, setAt, out problem);
        return times is not null
            ? new(times, stored.IsCron, shared.Text(stored.Zone), setAt)
            : new(Schedule.Unreadable(text), stored.IsCron, shared.Text(stored.Zone), setAt, problem?.Message ?? "it cannot be read any more");
    }
}
