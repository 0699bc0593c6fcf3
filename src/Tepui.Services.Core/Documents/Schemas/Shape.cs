using System.Text.RegularExpressions;

namespace Tepui.Services.Core.Documents.Schemas;

/// <summary>Words to write schemas with.</summary>
internal static class Shape
{
    public static DocumentSchema Any(string description) => new(SchemaType.Any, description);

    public static DocumentSchema Text(string description, int? min = null, int? max = null, Regex? pattern = null, string? standard = null) =>
        new(SchemaType.Text, description) { MinLength = min, MaxLength = max, Pattern = pattern, Default = standard is null ? null : $"\"{standard}\"" };

    /// <summary>One of <paramref name="values"/>; the default, if any, comes first.</summary>
    public static DocumentSchema Word(string description, string? standard, params string[] values) =>
        new(SchemaType.Text, description) { Values = values, Default = standard is null ? null : $"\"{standard}\"" };

    public static DocumentSchema Number(string description, double? min = null, double? max = null, string? standard = null) =>
        new(SchemaType.Number, description) { Minimum = min, Maximum = max, Default = standard };

    public static DocumentSchema Integer(string description, int? min = null, int? max = null, string? standard = null) =>
        new(SchemaType.Integer, description) { Minimum = min, Maximum = max, Default = standard };

    public static DocumentSchema Port(string description, string? standard = null) => Integer(description, 0, 65535, standard);

    public static DocumentSchema Flag(string description, string? standard = null) => new(SchemaType.Boolean, description) { Default = standard };

    public static DocumentSchema Time(string description) => new(SchemaType.Timestamp, description);

    public static DocumentSchema List(string description, DocumentSchema items, int? min = null) => new(SchemaType.List, description) { Items = items, MinLength = min };

    public static DocumentSchema Map(string description, DocumentSchema values, Regex? keys = null) => new(SchemaType.Map, description) { Items = values, Keys = keys };

    public static DocumentSchema OneOf(string description, params DocumentSchema[] alternatives) => new(SchemaType.OneOf, description) { Alternatives = alternatives };

    public static DocumentSchema Object(string? name, string description, params IEnumerable<SchemaField> fields) =>
        new(SchemaType.Object, description) { Name = name, Fields = [.. fields] };

    public static SchemaField May(string name, DocumentSchema schema) => new(name, schema);

    public static SchemaField Must(string name, DocumentSchema schema) => new(name, schema, IsRequired: true);

    public static SchemaField Old(string name, DocumentSchema schema) => new(name, schema, IsLegacy: true);

    public static SchemaField Told(string name, DocumentSchema schema) => new(name, schema, IsReadOnly: true);
}
