namespace Tepui.Jobs.Core.Documents;

/// <summary>How long the parts of a document may be. They keep one job from filling the store, and its launch from being refused by the master.</summary>
internal static class Limits
{
    /// <summary>Characters of names, addresses and other short texts.</summary>
    public const int Line = 4096;

    /// <summary>Characters of descriptions and other long texts that no process is started with.</summary>
    public const int Block = 65_536;

    /// <summary>Bytes in UTF-8 of a command, an argument and a variable's value: Linux starts no process with one of more than 128 KiB, and a part is left for what agents put around it.</summary>
    public const int ProcessBytes = 102_400;

    /// <summary>Items of a list.</summary>
    public const int Items = 1000;

    /// <summary>Constraints of a job: each is judged for every offer.</summary>
    public const int Constraints = 50;

    /// <summary>Attempts after the first of a run.</summary>
    public const long Retries = 1_000_000;

    /// <summary>Cores, or MB.</summary>
    public const double Resource = 1_000_000_000;

    /// <summary>The least share of a resource: what is counted is thousandths.</summary>
    public const double ResourceLeast = 0.001;

    /// <summary>Seconds of a span: about thirty years.</summary>
    public const long Seconds = 1_000_000_000;
}
