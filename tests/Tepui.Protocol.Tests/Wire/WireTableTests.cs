using System.Globalization;
using Google.Protobuf.Reflection;

namespace Tepui.Protocol.Tests.Wire;

/// <summary>The contracts hold every message, field, number, type, label, default and enum value of the table in tests/Captures/wire-v1.tsv, and nothing more.</summary>
public sealed class WireTableTests
{
    private static readonly string[][] Rows =
        [.. Captures.Lines("wire-v1.tsv").Where(line => !line.StartsWith('#') && !line.StartsWith("package\t", StringComparison.Ordinal)).Select(line => line.Split('\t'))];

    private static readonly string[] TableFiles = [.. Captures.Lines("wire-v1.tsv").Where(line => line.StartsWith("# file ", StringComparison.Ordinal)).Select(line => line.Split(' ')[2])];

    private static IEnumerable<FileDescriptor> Covered => Files.All.Where(file => TableFiles.Contains(file.Name));

    [Fact]
    public void Descriptors_EveryFieldOfTheTable_IsThere() => AssertSame(
        Rows.Where(row => row[2] == "field").Select(row => $"{row[0]}.{row[1]} {row[3]} {row[4]} {row[5]} {row[6]} {row[7]}".TrimEnd()),
        Covered.SelectMany(file => Files.MessagesOf(file)).SelectMany(message => message.Fields.InDeclarationOrder()).Select(Describe));

    [Fact]
    public void Descriptors_EveryMessageOfTheTable_IsThere() => AssertSame(
        Rows.Where(row => row[2] == "message").Select(row => $"{row[0]}.{row[1]}"),
        Covered.SelectMany(file => Files.MessagesOf(file)).Select(message => message.FullName));

    [Fact]
    public void Descriptors_EveryEnumValueOfTheTable_IsThere() => AssertSame(
        Rows.Where(row => row[2] == "enum-value").Select(row => $"{row[0]}.{row[1]} {row[3]} {row[6]}"),
        Covered.SelectMany(file => Files.EnumsOf(file)).SelectMany(type => type.Values.Select(value => $"{type.FullName} {value.Number} {value.Name}")));

    [Fact]
    public void Descriptors_EveryOneofOfTheTable_IsThere() => AssertSame(
        Rows.Where(row => row[2] == "oneof").Select(row => $"{row[0]}.{row[1]} {row[6]} {row[7]}"),
        Covered.SelectMany(file => Files.MessagesOf(file)).SelectMany(message => message.Oneofs)
            .Select(oneof => $"{oneof.ContainingType.FullName} {oneof.Name} {string.Join(',', oneof.Fields.Select(field => field.Name))}"));

    private static void AssertSame(IEnumerable<string> expected, IEnumerable<string> actual)
    {
        var wanted = expected.ToHashSet();
        var found = actual.ToHashSet();

        Assert.NotEmpty(wanted);
        Assert.Empty(wanted.Except(found).Order());
        Assert.Empty(found.Except(wanted).Order());
    }

    private static string Describe(FieldDescriptor field)
    {
        var label = field.IsMap ? "map" : field.IsRepeated ? "repeated" : field.IsRequired ? "required" : "optional";
        var type = field.IsMap
            ? $"map<{TypeName(field.MessageType.Fields.InDeclarationOrder()[0])},{TypeName(field.MessageType.Fields.InDeclarationOrder()[1])}>"
            : TypeName(field);
        string[] notes = [Default(field), field.GetOptions()?.Deprecated == true ? "[deprecated]" : ""];
        return $"{field.ContainingType.FullName} {field.FieldNumber} {label} {type} {field.Name} {string.Join(' ', notes.Where(note => note.Length > 0))}".TrimEnd();
    }

    private static string TypeName(FieldDescriptor field) => field.FieldType switch
    {
        FieldType.Message => field.MessageType.FullName,
        FieldType.Enum => field.EnumType.FullName,
        _ => field.FieldType.ToString().ToLower(CultureInfo.InvariantCulture),
    };

    private static string Default(FieldDescriptor field) => field.ToProto().DefaultValue;
}
