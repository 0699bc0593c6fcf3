using System.Collections.Frozen;
using System.Text;

namespace Tepui.Protocol.Json.Fields;

/// <summary>The names of one enum, both ways.</summary>
internal sealed class EnumNames(FieldPlan field)
{
    // A number with two names is written with the first.
    private readonly FrozenDictionary<int, byte[]> _quoted = field.Field.EnumType.Values
        .DistinctBy(value => value.Number)
        .ToFrozenDictionary(value => value.Number, value => Encoding.UTF8.GetBytes($"\"{value.Name}\""));

    private readonly NameTable<int> _numbers = new([.. field.Field.EnumType.Values.Select(value => KeyValuePair.Create(value.Name, value.Number))]);

    public void Write(ref JsonSink sink, int number)
    {
        if (_quoted.TryGetValue(number, out var quoted))
        {
            sink.Ended(quoted);
        }
        else
        {
            sink.Value((long)number);
        }
    }

    /// <summary>Reads a name. One that is unknown leaves <paramref name="number"/> null, unless the field is required: then it is refused.</summary>
    public bool Read(ref JsonScanner scanner, byte first, out int? number)
    {
        number = null;
        if (first != '"')
        {
            return field.Unexpected(ref scanner, first);
        }

        if (!scanner.TryString(out ReadOnlySpan<byte> name))
        {
            return false;
        }

        if (_numbers.TryGet(name, out var known))
        {
            number = known;
            return true;
        }

        return !field.Field.IsRequired || scanner.Refuse($"Failed to find enum for '{Encoding.UTF8.GetString(name)}'");
    }
}
