using System.Collections.Concurrent;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Tepui.Protocol.Json;

/// <summary>How messages of one type are written, read and checked. Made when the type is first met.</summary>
internal sealed class MessagePlan
{
    // As deep as the binary parser goes: a message that came as JSON must be readable when it is passed on.
    private const int MaxMessageDepth = 100;

    private static readonly ConcurrentDictionary<MessageDescriptor, MessagePlan> Plans = new();

    private readonly FieldPlan[] _fields;
    private readonly FieldPlan[] _required;
    private readonly FieldPlan[] _messages;
    private readonly NameTable<FieldPlan> _names;

    private MessagePlan(MessageDescriptor descriptor)
    {
        _fields = [.. descriptor.Fields.InDeclarationOrder().Select(FieldPlans.For)];
        _required = [.. _fields.Where(plan => plan.Field.IsRequired)];
        _messages = [.. _fields.Where(plan => plan.Field.FieldType is FieldType.Message).OrderBy(plan => plan.Field.FieldNumber)];
        _names = new NameTable<FieldPlan>([.. _fields.Select(plan => KeyValuePair.Create(plan.Field.Name, plan))]);
    }

    public static MessagePlan Of(MessageDescriptor descriptor) =>
        Plans.TryGetValue(descriptor, out var plan) ? plan : Plans.GetOrAdd(descriptor, static key => new MessagePlan(key));

    public void Write(ref JsonSink sink, IMessage message)
    {
        sink.Open((byte)'{');
        foreach (var field in _fields)
        {
            field.Write(ref sink, message);
        }

        sink.Close((byte)'}');
    }

    /// <summary>Reads an object, whose opening bracket is next, into <paramref name="message"/>.</summary>
    public bool Read(ref JsonScanner scanner, IMessage message)
    {
        if (scanner.Messages == MaxMessageDepth)
        {
            return scanner.Refuse($"Messages nested deeper than {MaxMessageDepth} levels");
        }

        if (!scanner.Enter())
        {
            return false;
        }

        scanner.Messages++;
        if (!scanner.TryTake((byte)'}') && !ReadMembers(ref scanner, message))
        {
            return false;
        }

        scanner.Messages--;
        scanner.Leave();
        scanner.Incomplete |= !HasRequired(message);
        return true;
    }

    /// <summary>Whether this message and all in it have their required fields.</summary>
    public bool IsComplete(IMessage message)
    {
        if (!HasRequired(message))
        {
            return false;
        }

        foreach (var field in _messages)
        {
            if (!field.IsComplete(message))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Adds the paths of missing required fields: those of this message first, then those of the messages in it, by field number.</summary>
    public void FindMissing(IMessage message, string prefix, List<string> missing)
    {
        foreach (var field in _required)
        {
            if (!field.Has(message))
            {
                missing.Add(prefix + field.Field.Name);
            }
        }

        foreach (var field in _messages)
        {
            field.FindMissing(message, prefix, missing);
        }
    }

    private bool ReadMembers(ref JsonScanner scanner, IMessage message)
    {
        // Members usually come in the order of declaration.
        var next = 0;
        do
        {
            if (!scanner.Name(out var name))
            {
                return false;
            }

            if (!TryFind(name, ref next, out var field))
            {
                if (!scanner.Skip())
                {
                    return false;
                }
            }
            else if (!field.Read(ref scanner, message))
            {
                return false;
            }
        }
        while (scanner.TryTake((byte)','));

        return scanner.TryTake((byte)'}');
    }

    private bool TryFind(ReadOnlySpan<byte> name, ref int next, out FieldPlan field)
    {
        if (next < _fields.Length && name.SequenceEqual(_fields[next].NameUtf8))
        {
            field = _fields[next++];
            return true;
        }

        if (!_names.TryGet(name, out field))
        {
            return false;
        }

        next = field.Field.Index + 1;
        return true;
    }

    private bool HasRequired(IMessage message)
    {
        foreach (var field in _required)
        {
            if (!field.Has(message))
            {
                return false;
            }
        }

        return true;
    }
}
