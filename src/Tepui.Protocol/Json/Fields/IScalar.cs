namespace Tepui.Protocol.Json.Fields;

/// <summary>How values of one scalar type are written and read. Implemented by empty structs, so that each field plan is compiled for its own type.</summary>
internal interface IScalar<T>
{
    public static abstract void Write(ref JsonSink sink, T value);

    /// <summary>Reads a value that starts with <paramref name="first"/> and is neither null nor an array.</summary>
    public static abstract bool Read(ref JsonScanner scanner, FieldPlan field, byte first, out T value);
}
