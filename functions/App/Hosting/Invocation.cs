using System.Text.Json;

namespace ScaleFunctions.App.Hosting;

/// <summary>One call of a function by the Functions host, or by whoever speaks its protocol.</summary>
/// <param name="Function">Name of the function.</param>
/// <param name="Id">The host's invocation id; empty when it sent none.</param>
/// <param name="Data">The value of each input binding, by name without regard to case.</param>
/// <param name="Metadata">What the trigger says about itself.</param>
internal sealed record Invocation(
    string Function, string Id, IReadOnlyDictionary<string, JsonElement> Data, IReadOnlyDictionary<string, JsonElement> Metadata)
{
    /// <summary>The value of an input binding.</summary>
    /// <exception cref="InvocationFormatException">The host sent none.</exception>
    public JsonElement Input(string name) => Data.TryGetValue(name, out var value)
        ? value
        : throw new InvocationFormatException($"the call of {Function} has no input '{name}'");
}
