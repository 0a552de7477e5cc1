using System.Buffers;
using System.Text.Json;

namespace ScaleFunctions.Sandbox.Requests;

/// <summary>An answer, whole, before it is sent.</summary>
internal sealed record SandboxAnswer(int Status, ReadOnlyMemory<byte> Body)
{
    public Dictionary<string, string> Headers { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The headers with the one that follows from the body.</summary>
    public IEnumerable<KeyValuePair<string, string>> AllHeaders =>
        Body.Length == 0 ? Headers : Headers.Prepend(new KeyValuePair<string, string>("Content-Type", "application/json; charset=utf-8"));

    public static SandboxAnswer Json(int status, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            write(writer);
        }

        return new SandboxAnswer(status, buffer.WrittenMemory);
    }

    public static SandboxAnswer Empty(int status) => new(status, ReadOnlyMemory<byte>.Empty);

    /// <summary>Azure's error shape.</summary>
    public static SandboxAnswer Error(int status, string code, string message)
    {
        var answer = Json(status, writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartObject("error");
            writer.WriteString("code", code);
            writer.WriteString("message", message);
            writer.WriteEndObject();
            writer.WriteEndObject();
        });
        return answer.With("x-ms-error-code", code);
    }

    public SandboxAnswer With(string header, string value)
    {
        Headers[header] = value;
        return this;
    }
}
