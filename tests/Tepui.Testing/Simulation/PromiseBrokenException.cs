namespace Tepui.Testing.Simulation;

/// <summary>A promise of the system did not hold; the message says which, and for whom.</summary>
public sealed class PromiseBrokenException : Exception
{
    /// <summary>A promise was broken.</summary>
    public PromiseBrokenException()
    {
    }

    /// <summary>That promise was broken.</summary>
    public PromiseBrokenException(string message)
        : base(message)
    {
    }

    /// <summary>That promise was broken, because of that.</summary>
    public PromiseBrokenException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
