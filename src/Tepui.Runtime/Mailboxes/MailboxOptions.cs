namespace Tepui.Runtime.Mailboxes;

/// <summary>What a <see cref="Mailbox{TInput,TEffect}"/> drives, and its limits.</summary>
/// <typeparam name="TInput">Inputs of the core.</typeparam>
/// <typeparam name="TEffect">Effects of the core.</typeparam>
public sealed record MailboxOptions<TInput, TEffect>
    where TInput : class
{
    /// <summary>Name in logs and errors, as in <c>master</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The core's step.</summary>
    public required Action<TInput, DateTimeOffset, List<TEffect>> Step { get; init; }

    /// <summary>When the core wants its next tick.</summary>
    public required Func<DateTimeOffset?> NextDeadline { get; init; }

    /// <summary>The input that says that time passed.</summary>
    public required TInput Tick { get; init; }

    /// <summary>Carries out the effects of a batch, durable ones first. The next batch starts when it is done; the list is reused after that.</summary>
    public required Func<List<TEffect>, CancellationToken, ValueTask> RunEffects { get; init; }

    /// <summary>Inputs that may wait; a full mailbox makes <see cref="Mailbox{TInput,TEffect}.PostAsync"/> wait and <see cref="Mailbox{TInput,TEffect}.TryPost"/> refuse.</summary>
    public int Capacity { get; init; } = 65_536;

    /// <summary>Inputs taken at most before their effects are carried out: the size of a group commit.</summary>
    public int BatchMax { get; init; } = 1024;

    /// <summary>Longest wait for a deadline before the clock is read again. Timers do not hear of a clock that is set, or of a machine that slept: a deadline is missed by this at most.</summary>
    public TimeSpan AlarmMost { get; init; } = TimeSpan.FromDays(40);

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
