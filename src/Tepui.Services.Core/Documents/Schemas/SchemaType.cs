namespace Tepui.Services.Core.Documents.Schemas;

/// <summary>What kind of JSON value a place of a document holds.</summary>
public enum SchemaType
{
    /// <summary>Anything.</summary>
    Any,

    /// <summary>A string.</summary>
    Text,

    /// <summary>A finite number.</summary>
    Number,

    /// <summary>A whole number of 32 bits.</summary>
    Integer,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A time as text: ISO 8601.</summary>
    Timestamp,

    /// <summary>A list of one kind of items.</summary>
    List,

    /// <summary>An object with known members.</summary>
    Object,

    /// <summary>An object with free names and one kind of values.</summary>
    Map,

    /// <summary>One of several kinds of values.</summary>
    OneOf,
}
