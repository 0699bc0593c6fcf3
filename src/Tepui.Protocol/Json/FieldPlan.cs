using System.Text;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Tepui.Protocol.Json;

/// <summary>How one field of one message type is written, read and checked. Holds typed delegates, so a value is never boxed.</summary>
internal abstract class FieldPlan(FieldDescriptor field)
{
    public FieldDescriptor Field { get; } = field;

    public byte[] NameUtf8 { get; } = Encoding.UTF8.GetBytes(field.Name);

    /// <summary><c>,"name":</c></summary>
    protected byte[] Token { get; } = Encoding.UTF8.GetBytes($",\"{field.Name}\":");

    public abstract void Write(ref JsonSink sink, IMessage message);

    public abstract bool Has(IMessage message);

    /// <summary>Reads what stands behind the field's name. null means absent; a repeated field takes an array, or one value, which is added.</summary>
    public bool Read(ref JsonScanner scanner, IMessage message)
    {
        var first = scanner.Peek();
        switch (first)
        {
            case (byte)'n':
                return scanner.Word("null"u8);
            case (byte)'[':
                return Field.IsRepeated ? ReadArray(ref scanner, message) : Unexpected(ref scanner, "array");
            default:
                return ReadItem(ref scanner, message, first);
        }
    }

    /// <summary>Whether every message below this field has its required fields.</summary>
    public virtual bool IsComplete(IMessage message) => true;

    /// <summary>Adds the paths of required fields missing below this field.</summary>
    public virtual void FindMissing(IMessage message, string prefix, List<string> missing)
    {
    }

    /// <summary>Reads one value that is neither null nor an array.</summary>
    protected abstract bool ReadItem(ref JsonScanner scanner, IMessage message, byte first);

    protected internal bool Unexpected(ref JsonScanner scanner, string kind) =>
        scanner.Refuse($"Not expecting a JSON {kind} for field '{Field.Name}'");

    /// <summary>Refuses the value that starts with <paramref name="first"/>, if it is the start of any.</summary>
    protected internal bool Unexpected(ref JsonScanner scanner, byte first) => first switch
    {
        (byte)'{' => Unexpected(ref scanner, "object"),
        (byte)'"' => Unexpected(ref scanner, "string"),
        (byte)'t' or (byte)'f' => Unexpected(ref scanner, "boolean"),
        (>= (byte)'0' and <= (byte)'9') or (byte)'-' or (byte)'I' or (byte)'N' => Unexpected(ref scanner, "number"),
        _ => false,
    };

    private bool ReadArray(ref JsonScanner scanner, IMessage message)
    {
        if (!scanner.Enter())
        {
            return false;
        }

        if (scanner.TryTake((byte)']'))
        {
            scanner.Leave();
            return true;
        }

        do
        {
            if (!Read(ref scanner, message))
            {
                return false;
            }
        }
        while (scanner.TryTake((byte)','));

        scanner.Leave();
        return scanner.TryTake((byte)']');
    }
}
