using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Tepui.Protocol.Tests.Json;

/// <summary>Fills messages of any type with values from a seed: required fields always, others now and then, less the deeper it gets.</summary>
internal sealed class RandomMessages(int seed)
{
    private const int MaxDepth = 6;

    private static readonly string[] Texts = ["", "a", "cpus", "quote \" and \\ and /", "line\nfeed\ttab\u0001\u001f", "Üñïcödé ☃ 𝄞", "\u007f\u0080", new string('x', 3000), new string('é', 3000), string.Concat(Enumerable.Repeat("𝄞", 1500))];

    private static readonly double[] Reals = [0, 1, -1, 0.1, 1e300, 1e-300, 5, 1e15, 1e16, 123456789.125, double.MaxValue, double.Epsilon, double.PositiveInfinity, double.NegativeInfinity];

    private readonly Random _random = new(seed);

    public IMessage Next(MessageDescriptor type, int depth = 0)
    {
        var message = (IMessage)Activator.CreateInstance(type.ClrType)!;
        foreach (var field in type.Fields.InDeclarationOrder())
        {
            if (field.IsRequired || (depth < MaxDepth && _random.Next(depth + 2) == 0))
            {
                Fill(message, field, depth);
            }
        }

        return message;
    }

    private void Fill(IMessage message, FieldDescriptor field, int depth)
    {
        if (field.IsMap)
        {
            var map = (System.Collections.IDictionary)field.Accessor.GetValue(message);
            for (var i = _random.Next(4); i > 0; i--)
            {
                map[$"key {i} \" é"] = Value(field.MessageType.Fields.InDeclarationOrder()[1], depth);
            }
        }
        else if (field.IsRepeated)
        {
            var list = (System.Collections.IList)field.Accessor.GetValue(message);
            for (var i = _random.Next(4); i > 0; i--)
            {
                list.Add(Value(field, depth));
            }
        }
        else
        {
            field.Accessor.SetValue(message, Value(field, depth));
        }
    }

    private object Value(FieldDescriptor field, int depth) => field.FieldType switch
    {
        FieldType.Message => Next(field.MessageType, depth + 1),
        FieldType.Enum => Enum.ToObject(field.EnumType.ClrType, field.EnumType.Values[_random.Next(field.EnumType.Values.Count)].Number),
        FieldType.String => Texts[_random.Next(Texts.Length)],
        FieldType.Bytes => Bytes(),
        FieldType.Bool => _random.Next(2) == 0,
        FieldType.Double => _random.Next(2) == 0 ? Reals[_random.Next(Reals.Length)] : BitConverter.Int64BitsToDouble(_random.NextInt64(0x7FF0000000000000)),
        FieldType.Float => (float)_random.NextDouble(),
        FieldType.Int32 => _random.Next(3) switch { 0 => int.MinValue, 1 => int.MaxValue, _ => _random.Next(-100, 100) },
        FieldType.UInt32 => _random.Next(2) == 0 ? uint.MaxValue : (uint)_random.Next(100),
        FieldType.Int64 => _random.Next(3) switch { 0 => long.MinValue, 1 => long.MaxValue, _ => _random.NextInt64() },
        FieldType.UInt64 => _random.Next(2) == 0 ? ulong.MaxValue : (ulong)_random.NextInt64(),
        _ => throw new NotSupportedException(field.FieldType.ToString()),
    };

    private ByteString Bytes()
    {
        var bytes = new byte[_random.Next(4) == 0 ? _random.Next(10_000) : _random.Next(20)];
        _random.NextBytes(bytes);
        return ByteString.CopyFrom(bytes);
    }
}
