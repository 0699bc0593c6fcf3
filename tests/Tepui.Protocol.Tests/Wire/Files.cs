using Google.Protobuf.Reflection;

namespace Tepui.Protocol.Tests.Wire;

/// <summary>The descriptors of all .proto files with a public or internal contract.</summary>
internal static class Files
{
    public static IReadOnlyList<FileDescriptor> All { get; } = Collect();

    public static IEnumerable<MessageDescriptor> MessagesOf(FileDescriptor file) => file.MessageTypes.SelectMany(Nested);

    public static IEnumerable<EnumDescriptor> EnumsOf(FileDescriptor file) =>
        file.EnumTypes.Concat(MessagesOf(file).SelectMany(message => message.EnumTypes));

    private static IEnumerable<MessageDescriptor> Nested(MessageDescriptor message) =>
        message.NestedTypes.Where(type => type.GetOptions()?.MapEntry != true).SelectMany(Nested).Prepend(message);

    private static List<FileDescriptor> Collect() =>
        [.. typeof(Tepui.Protocol.V1.FrameworkInfo).Assembly.GetTypes()
            .Where(type => type.Name.EndsWith("Reflection", StringComparison.Ordinal))
            .Select(type => type.GetProperty("Descriptor")?.GetValue(null))
            .OfType<FileDescriptor>()
            .OrderBy(file => file.Name, StringComparer.Ordinal)];
}
