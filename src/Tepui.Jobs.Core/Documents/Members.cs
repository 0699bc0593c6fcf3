using System.Globalization;
using System.Text;
using System.Text.Json;
using Tepui.Model;

namespace Tepui.Jobs.Core.Documents;

/// <summary>
/// The members of an object, read as Jackson reads them for Chronos: numbers and booleans may be texts, texts may be numbers or booleans, and <c>null</c> is as good as absent.
/// What Chronos takes for something its author cannot have meant is a problem.
/// </summary>
/// <param name="element">The object.</param>
/// <param name="path">Where it stands; empty for the document.</param>
/// <param name="problems">Gets what is wrong.</param>
internal readonly struct Members(JsonElement element, string path, List<Problem> problems)
{
    private const int ShownMax = 60;

    /// <summary>It has no members.</summary>
    public bool IsEmpty => !element.EnumerateObject().Any();

    /// <summary>Whether a member is there, and not null.</summary>
    public bool Has(string name) => Find(name) is not null;

    /// <summary>Whether a member is there, maybe null.</summary>
    public bool Names(string name) => element.TryGetProperty(name, out _);

    /// <summary>Adds a problem of a member.</summary>
    public void Refuse(string name, string message) => problems.Add(new(At(name), message));

    /// <summary>A text, or <see langword="null"/> if it is absent or a problem.</summary>
    public string? Text(string name, int most = Limits.Line) => Find(name) is { } value ? Text(value, At(name), most, problems) : null;

    /// <summary>A text that processes are started with, or <see langword="null"/> if it is absent or a problem. Counted in bytes, as Linux does.</summary>
    public string? ProcessText(string name) => Find(name) is { } value ? ProcessText(value, At(name), problems) : null;

    /// <summary>A text that must be there and not be empty; empty when it is not, which is a problem then.</summary>
    public string Required(string name, string what, int most = Limits.Line)
    {
        if (!Has(name))
        {
            Refuse(name, $"is missing; {what}");
            return "";
        }

        var text = Text(name, most);
        if (text is "")
        {
            Refuse(name, $"is empty; {what}");
        }

        return text ?? "";
    }

    /// <summary>True or false, or <see langword="null"/> if it is absent or a problem.</summary>
    public bool? Flag(string name)
    {
        if (Find(name) is not { } value || IsBlank(value))
        {
            return null;
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.True:
            case JsonValueKind.False:
                return value.GetBoolean();
            case JsonValueKind.Number:
                return value.GetDouble() != 0;
            case JsonValueKind.String when bool.TryParse(value.GetString(), out var flag):
                return flag;
            default:
                Refuse(name, $"is {Shown(value)}; it must be true or false");
                return null;
        }
    }

    /// <summary>A whole number within limits, or <see langword="null"/> if it is absent or a problem.</summary>
    public long? Whole(string name, long least, long most)
    {
        if (Find(name) is not { } value || IsBlank(value))
        {
            return null;
        }

        if (Number(value) is { } number && number == Math.Truncate(number) && number >= least && number <= most)
        {
            return (long)number;
        }

        Refuse(name, $"is {Shown(value)}; it must be a whole number from {least} to {most}");
        return null;
    }

    /// <summary>A number within limits, or <see langword="null"/> if it is absent or a problem.</summary>
    public double? Number(string name, double least, double most)
    {
        if (Find(name) is not { } value || IsBlank(value))
        {
            return null;
        }

        if (Number(value) is { } number && number >= least && number <= most)
        {
            return number;
        }

        Refuse(name, string.Create(CultureInfo.InvariantCulture, $"is {Shown(value)}; it must be a number from {least} to {most}"));
        return null;
    }

    /// <summary>One of some words, whatever their case; <see langword="null"/> if it is absent or a problem.</summary>
    public string? Word(string name, params ReadOnlySpan<string> words)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        foreach (var word in words)
        {
            if (word.Equals(text, StringComparison.OrdinalIgnoreCase))
            {
                return word;
            }
        }

        Refuse(name, $"is '{Cut(text)}'; allowed are {string.Join(", ", words.ToArray())}");
        return null;
    }

    /// <summary>The object that a member is; <see langword="null"/> if it is absent or a problem.</summary>
    public Members? Object(string name)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind is JsonValueKind.Object)
        {
            return new(value, At(name), problems);
        }

        Refuse(name, $"is {Shown(value)}; it must be an object");
        return null;
    }

    /// <summary>Reads each item of a list; those that cannot be read are problems and left out.</summary>
    public IReadOnlyList<T> Each<T>(string name, Func<JsonElement, string, T?> read, int most = Limits.Items)
        where T : class
    {
        if (Find(name) is not { } value)
        {
            return [];
        }

        if (value.ValueKind is not JsonValueKind.Array)
        {
            Refuse(name, $"is {Shown(value)}; it must be a list");
            return [];
        }

        var length = value.GetArrayLength();
        if (length > most)
        {
            Refuse(name, $"has {length} items; at most {most} are allowed");
            return [];
        }

        var items = new List<T>(length);
        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            if (read(item, $"{At(name)}[{index++}]") is { } known)
            {
                items.Add(known);
            }
        }

        return items.Count == 0 ? [] : items;
    }

    /// <summary>Reads each object of a list.</summary>
    public IReadOnlyList<T> Objects<T>(string name, Func<Members, T> read)
        where T : class
    {
        var into = problems;
        return Each(name, (item, at) =>
        {
            if (item.ValueKind is JsonValueKind.Object)
            {
                return read(new(item, at, into));
            }

            into.Add(new(at, $"is {Shown(item)}; it must be an object"));
            return null;
        });
    }

    /// <summary>A list of texts.</summary>
    public IReadOnlyList<string> Texts(string name) => Texts(name, (item, at, into) => Text(item, at, Limits.Line, into));

    /// <summary>A list of texts that processes are started with.</summary>
    public IReadOnlyList<string> ProcessTexts(string name) => Texts(name, ProcessText);

    /// <summary>A value as its author wrote it, cut for a message.</summary>
    public static string Shown(JsonElement value) => Cut(value.GetRawText());

    /// <summary>Cuts what is too long for a message.</summary>
    public static string Cut(string text) => text.Length <= ShownMax ? text : text[..(char.IsHighSurrogate(text[ShownMax - 1]) ? ShownMax - 1 : ShownMax)] + "…";

    /// <summary>A value as text; a problem for objects and lists, and when it is too long.</summary>
    public static string? Text(JsonElement value, string at, int most, List<Problem> problems)
    {
        var text = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
            _ => null,
        };
        if (text is null)
        {
            problems.Add(new(at, $"is {Shown(value)}; it must be a text"));
        }
        else if (text.Length > most)
        {
            problems.Add(new(at, $"has {text.Length} characters; at most {most} are allowed"));
            return null;
        }

        return text;
    }

    private IReadOnlyList<string> Texts(string name, Func<JsonElement, string, List<Problem>, string?> read)
    {
        var into = problems;
        return Each(name, (item, at) => item.ValueKind is JsonValueKind.Null ? Missing(at) : read(item, at, into));

        string? Missing(string at)
        {
            into.Add(new(at, "is null; it must be a text"));
            return null;
        }
    }

    private static string? ProcessText(JsonElement value, string at, List<Problem> problems)
    {
        if (Text(value, at, int.MaxValue, problems) is not { } text)
        {
            return null;
        }

        if (Encoding.UTF8.GetByteCount(text) is > Limits.ProcessBytes and var bytes)
        {
            problems.Add(new(at, $"has {bytes} bytes in UTF-8; at most {Limits.ProcessBytes} are allowed"));
            return null;
        }

        return text;
    }

    private static double? Number(JsonElement value)
    {
        var known = value.ValueKind switch
        {
            JsonValueKind.Number => value.GetDouble(),
            JsonValueKind.String when double.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
            _ => double.NaN,
        };
        return double.IsFinite(known) ? known : null;
    }

    private static bool IsBlank(JsonElement value) => value.ValueKind is JsonValueKind.String && string.IsNullOrWhiteSpace(value.GetString());

    private JsonElement? Find(string name) => element.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null ? value : null;

    private string At(string name) => path.Length == 0 ? name : $"{path}.{name}";
}
