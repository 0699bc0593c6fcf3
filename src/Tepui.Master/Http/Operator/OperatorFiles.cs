using Google.Protobuf;
using Microsoft.AspNetCore.Http;
using Tepui.Protocol.V1.Master;
using Tepui.Runtime.Files;
using Tepui.Runtime.Json;
using static Tepui.Protocol.V1.Master.Response.Types;

namespace Tepui.Master.Http.Operator;

/// <summary>LIST_FILES and READ_FILE.</summary>
internal static class OperatorFiles
{
    /// <summary>What lies at a path; <see langword="null"/> when nothing does.</summary>
    public static Response? List(VirtualFiles files, Call.Types.ListFiles call)
    {
        if (FileReads.List(files, call.Path) is not { } list)
        {
            return null;
        }

        var message = new ListFiles();
        message.FileInfos.AddRange(list.Select(status => new Protocol.V1.FileInfo
        {
            Path = status.Path,
            Nlink = (int)status.Links,
            Size = (ulong)status.Size,
            Mtime = new Protocol.V1.TimeInfo { Nanoseconds = JsonValues.Nanoseconds(status.Modified) },
            Mode = status.Mode,
            Uid = status.User,
            Gid = status.Group,
        }));
        return new Response { Type = Response.Types.Type.ListFiles, ListFiles = message };
    }

    /// <summary>A piece of a file, or how the call ended.</summary>
    public static async Task<(Response? Response, Outcome Outcome)> ReadAsync(VirtualFiles files, Call.Types.ReadFile call, CancellationToken cancel)
    {
        if (files.Resolve(call.Path) is not { } real)
        {
            return (null, new Outcome(StatusCodes.Status404NotFound, ""));
        }

        if (Directory.Exists(real))
        {
            return (null, Outcome.Bad("Cannot read a directory.\n"));
        }

        var offset = (long)Math.Min(call.Offset, long.MaxValue);
        long? length = call.HasLength ? (long)Math.Min(call.Length, long.MaxValue) : null;
        if (await FileReads.ReadAsync(real, offset, length, cancel) is not var (size, data))
        {
            return (null, new Outcome(StatusCodes.Status404NotFound, ""));
        }

        return (new Response
        {
            Type = Response.Types.Type.ReadFile,
            ReadFile = new ReadFile { Size = (ulong)size, Data = UnsafeByteOperations.UnsafeWrap(data) },
        }, default);
    }
}
