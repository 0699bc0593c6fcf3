using Tepui.Model;

namespace Tepui.Jobs.Core.Documents;

/// <summary>What was read of a document: a value, or all that is wrong with it.</summary>
/// <typeparam name="T">What is read.</typeparam>
/// <param name="Value"><see langword="null"/> where there are problems.</param>
/// <param name="Problems">Empty where there is a value.</param>
public sealed record DocumentReading<T>(T? Value, IReadOnlyList<Problem> Problems)
    where T : class;
