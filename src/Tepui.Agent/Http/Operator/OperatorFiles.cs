using Google.Protobuf;
using Tepui.Protocol.V1;
using Tepui.Protocol.V1.Agent;
using Tepui.Runtime.Files;
using Tepui.Runtime.Json;
using static Tepui.Protocol.V1.Agent.Response.Types;

namespace Tepui.Agent.Http.Operator;

/// <summary>LIST_FILES and READ_FILE.</summary>
internal static class OperatorFiles
{
    /// <summary>What lies at a path, or how the call ended.</summary>
    public static (Response? Response, Outcome Outcome) List(VirtualFiles files, Call.Types.ListFiles call)
    {
        if (FileReads.List(files, call.Path) is not { } list)
        {
            return (null, Outcome.NotFound(""));
        }

        var message = new ListFiles();
        message.FileInfos.AddRange(list.Select(status => new Protocol.V1.FileInfo
        {
            Path = status.Path,
            Nlink = (int)status.Links,
            Size = (ulong)status.Size,
            Mtime = new TimeInfo { Nanoseconds = JsonValues.Nanoseconds(status.Modified) },
            Mode = status.Mode,
            Uid = status.User,
            Gid = status.Group,
        }));
        return (new() { Type = Response.Types.Type.ListFiles, ListFiles = message }, default);
    }

    /// <summary>A piece of a file, or how the call ended.</summary>
    public static async Task<(Response? Response, Outcome Outcome)> ReadAsync(VirtualFiles files, Call.Types.ReadFile call, CancellationToken cancel)
    {
        if (files.Resolve(call.Path) is not { } real)
        {
            return (null, Outcome.NotFound(""));
        }

        if (Directory.Exists(real))
        {
            return (null, Outcome.Bad("Cannot read a directory.\n"));
        }

        var offset = (long)Math.Min(call.Offset, long.MaxValue);
        long? length = call.HasLength ? (long)Math.Min(call.Length, long.MaxValue) : null;
        if (await FileReads.ReadAsync(real, offset, length, cancel) is not var (size, data))
        {
            return (null, Outcome.NotFound(""));
        }

        return (new()
        {
            Type = Response.Types.Type.ReadFile,
            ReadFile = new() { Size = (ulong)size, Data = UnsafeByteOperations.UnsafeWrap(data) },
        }, default);
    }
}
