namespace Tepui.Runtime.Flags;

/// <summary>One flag of a component.</summary>
/// <param name="Name">As on the command line, without dashes, as in <c>work_dir</c>.</param>
/// <param name="Type">What its value must be.</param>
/// <param name="Default">Value when it is not given; <see langword="null"/> for none.</param>
/// <param name="Meaning">What it does, for <c>--help</c> and the documentation.</param>
public sealed record Flag(string Name, FlagType Type, string? Default, string Meaning)
{
    /// <summary>What it does here.</summary>
    public FlagStatus Status { get; init; } = FlagStatus.Works;

    /// <summary>Why it is ignored or refused, or what differs; empty when there is nothing to say.</summary>
    public string Note { get; init; } = "";

    /// <summary>An older name it also answers to.</summary>
    public string? OldName { get; init; }

    /// <summary>Allowed values of a <see cref="FlagType.Choice"/>.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>Smallest number allowed.</summary>
    public double Least { get; init; } = double.NegativeInfinity;

    /// <summary>Largest number allowed.</summary>
    public double Most { get; init; } = double.PositiveInfinity;

    /// <summary>Shortest and longest time allowed.</summary>
    public (TimeSpan Least, TimeSpan Most) Range { get; init; } = (TimeSpan.Zero, TimeSpan.MaxValue);

    /// <summary>What the names of environment variables begin with that existing installations set.</summary>
    public string Prefix { get; init; } = "MESOS";

    /// <summary>The environment variables that set it; the first one set wins.</summary>
    public IReadOnlyList<string> Variables => [$"TEPUI_{Name.ToUpperInvariant()}", $"{Prefix}_{Name.ToUpperInvariant()}"];

    /// <summary>The environment variable that switches it off, whatever its value; <see langword="null"/> for flags that are no toggles.</summary>
    public string? DisablingVariable => Type == FlagType.Boolean && Prefix != "MESOS" ? $"{Prefix}_DISABLE_{Name.ToUpperInvariant()}" : null;
}
