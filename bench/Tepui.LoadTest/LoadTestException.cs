namespace Tepui.LoadTest;

/// <summary>The work was not done, so there is no figure.</summary>
internal sealed class LoadTestException(string message) : Exception(message);
