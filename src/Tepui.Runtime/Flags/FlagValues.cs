using System.Globalization;
using System.Net;
using Tepui.Model;
using Tepui.Model.Units;

namespace Tepui.Runtime.Flags;

/// <summary>Checked values of a component's flags. Asking for a flag the component does not have, or for another type, is a bug of the caller.</summary>
public sealed class FlagValues
{
    private readonly IReadOnlyDictionary<string, FlagValue> _values;

    internal FlagValues(FlagTable table, IReadOnlyDictionary<string, FlagValue> values)
    {
        Table = table;
        _values = values;
    }

    /// <summary>The flags there are.</summary>
    public FlagTable Table { get; }

    /// <summary>What <c>/flags</c> shows: all flags with a value, as text, by the name they were given under, sorted.</summary>
    public IReadOnlyDictionary<string, string> Printed =>
        new SortedDictionary<string, string>(_values.Values.ToDictionary(v => v.UsedName, v => v.Text, StringComparer.Ordinal), StringComparer.Ordinal);

    /// <summary>Remarks on flags that were given and have no effect; for the log at start.</summary>
    public IReadOnlyList<string> Warnings =>
        [.. _values.Values.Where(v => v is { Given: true, Flag.Status: FlagStatus.Ignored }).OrderBy(v => v.UsedName, StringComparer.Ordinal).Select(v => $"--{v.UsedName} has no effect: {v.Flag.Note}")];

    /// <summary>Whether a user gave the flag.</summary>
    public bool IsGiven(string name) => _values.TryGetValue(Known(name).Name, out var value) && value.Given;

    /// <summary>The text of a flag, or <see langword="null"/> when it has neither value nor default.</summary>
    public string? Text(string name) => _values.TryGetValue(Known(name).Name, out var value) ? value.Text : null;

    /// <summary>A flag that has a default or was given.</summary>
    /// <exception cref="InvalidOperationException">It has no value.</exception>
    public string Required(string name) => Text(name) ?? throw new InvalidOperationException($"--{name} has no value.");

    /// <summary>A boolean flag.</summary>
    public bool Boolean(string name) => Typed(name, FlagType.Boolean) is "true";

    /// <summary>An integer flag with a default.</summary>
    public int Integer(string name) => IntegerOrNull(name) ?? throw new InvalidOperationException($"--{name} has no value.");

    /// <summary>An integer flag, or <see langword="null"/>.</summary>
    public int? IntegerOrNull(string name) => Typed(name, FlagType.Integer) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    /// <summary>A number flag with a default.</summary>
    public double Number(string name) => double.Parse(Typed(name, FlagType.Number)!, CultureInfo.InvariantCulture);

    /// <summary>A duration flag with a default.</summary>
    public TimeSpan Duration(string name) => DurationOrNull(name) ?? throw new InvalidOperationException($"--{name} has no value.");

    /// <summary>A duration flag, or <see langword="null"/>.</summary>
    public TimeSpan? DurationOrNull(string name) =>
        Typed(name, FlagType.Duration) is { } text && DurationText.TryParse(text, out var duration, out _) ? duration : null;

    /// <summary>A flag in bytes with a default.</summary>
    public long Bytes(string name) =>
        Typed(name, FlagType.Bytes) is { } text && BytesText.TryParse(text, out var bytes, out _) ? bytes : throw new InvalidOperationException($"--{name} has no value.");

    /// <summary>An address flag, or <see langword="null"/>.</summary>
    public IPAddress? Address(string name) => Typed(name, FlagType.Address) is { } text ? IPAddress.Parse(text) : null;

    /// <summary>A comma-separated flag; empty when it has no value.</summary>
    public IReadOnlyList<string> List(string name) =>
        Text(name)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private string? Typed(string name, FlagType type)
    {
        Invariant.Holds(Known(name).Type == type);
        return Text(name);
    }

    private Flag Known(string name) => Table.Find(name) ?? throw new ArgumentException($"The {Table.Component} has no flag '{name}'.", nameof(name));
}
