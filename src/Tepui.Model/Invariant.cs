using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Tepui.Model;

/// <summary>A claim about our own state that must hold, checked in production too. A broken one is a bug of ours: the process stops and restarts from what is durable.</summary>
public static class Invariant
{
    /// <summary>Throws <see cref="InvariantException"/> unless <paramref name="condition"/> holds.</summary>
    /// <param name="condition">The claim.</param>
    /// <param name="what">The claim as written in the source; filled in by the compiler.</param>
    /// <param name="file">Where it was made.</param>
    /// <param name="line">Where it was made.</param>
    public static void Holds(
        [DoesNotReturnIf(false)] bool condition,
        [CallerArgumentExpression(nameof(condition))] string what = "",
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0)
    {
        if (!condition)
        {
            Fail(what, file, line);
        }
    }

    [DoesNotReturn]
    [StackTraceHidden]
    private static void Fail(string what, string file, int line)
    {
        var name = file[(file.LastIndexOf('/') + 1)..];
        throw new InvariantException($"Invariant broken: {what} ({name}:{line})");
    }
}

/// <summary>An <see cref="Invariant"/> did not hold.</summary>
public sealed class InvariantException(string message) : Exception(message);
