using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

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

    /// <summary>The value of an input binding as one of our own messages.</summary>
    /// <exception cref="InvocationFormatException">The host sent none, or it is something else.</exception>
    public TValue Read<TValue>(string name, JsonTypeInfo<TValue> json)
        where TValue : class
    {
        try
        {
            return Input(name).Deserialize(json) ?? throw new InvocationFormatException($"the input '{name}' of {Function} is null");
        }
        catch (JsonException exception)
        {
            // Not the path: it can end in a key of a dictionary, which is content.
            throw new InvocationFormatException(
                $"the input '{name}' of {Function} is no {typeof(TValue).Name} at line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}",
                exception);
        }
    }
}
