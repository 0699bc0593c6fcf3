namespace Tepui.Sdk.Http;

/// <summary>A call was refused, or no answer came to it.</summary>
/// <param name="call">Name of the call, as in <c>KILL</c>.</param>
/// <param name="answer">What came back.</param>
public sealed class CallFailedException(string call, CallAnswer answer)
    : Exception(answer.Status == 0 ? $"{call} was not answered: {answer.Body}" : $"{call} was refused with {answer.Status}: {answer.Body}")
{
    /// <summary>What came back.</summary>
    public CallAnswer Answer { get; } = answer;
}
