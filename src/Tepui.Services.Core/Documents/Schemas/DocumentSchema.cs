using System.Text.RegularExpressions;

namespace Tepui.Services.Core.Documents.Schemas;

/// <summary>The shape of a part of a document, as data: checked by <see cref="SchemaChecker"/>, walked to describe the API.</summary>
/// <param name="Type">Kind of value.</param>
/// <param name="Description">For readers of the API's description.</param>
public sealed record DocumentSchema(SchemaType Type, string Description)
{
    /// <summary>Name of a part that is used in several places or stands for itself; unset for plain values.</summary>
    public string? Name { get; init; }

    /// <summary>Members of an object.</summary>
    public IReadOnlyList<SchemaField> Fields { get; init; } = [];

    /// <summary>Items of a list, values of a map.</summary>
    public DocumentSchema? Items { get; init; }

    /// <summary>Pattern of the names of a map.</summary>
    public Regex? Keys { get; init; }

    /// <summary>The kinds that are allowed here.</summary>
    public IReadOnlyList<DocumentSchema> Alternatives { get; init; } = [];

    /// <summary>Among objects as alternatives: the member that tells this one; unset: taken when no other is told.</summary>
    public string? Marker { get; init; }

    /// <summary>Least number.</summary>
    public double? Minimum { get; init; }

    /// <summary>Greatest number.</summary>
    public double? Maximum { get; init; }

    /// <summary>Least count of characters or items.</summary>
    public int? MinLength { get; init; }

    /// <summary>Greatest count of characters or items.</summary>
    public int? MaxLength { get; init; }

    /// <summary>What a text as a whole must look like.</summary>
    public Regex? Pattern { get; init; }

    /// <summary>The texts that are allowed; empty: any.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>The default as JSON text, where there is one that does not depend on other fields.</summary>
    public string? Default { get; init; }

    /// <summary>The same object with members that may all be left out, as updates send it.</summary>
    public DocumentSchema Optional() => this with { Fields = [.. Fields.Select(field => field with { IsRequired = false })] };

    /// <summary>The same object with further members.</summary>
    public DocumentSchema With(params IEnumerable<SchemaField> fields) => this with { Fields = [.. Fields, .. fields] };
}

/// <summary>A member of an object.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Schema">Its value.</param>
/// <param name="IsRequired">It may not be left out.</param>
/// <param name="IsLegacy">Taken from old clients and turned into newer members; never answered.</param>
/// <param name="IsReadOnly">Answered; without effect in a request.</param>
public sealed record SchemaField(string Name, DocumentSchema Schema, bool IsRequired = false, bool IsLegacy = false, bool IsReadOnly = false);
