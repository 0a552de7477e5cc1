using System.Text;
using System.Text.Json;

namespace ScaleFunctions.Core.InfrastructureCode;

/// <summary>A JSON value that knows its line. Comments and commas too many are let pass, as Azure's tools do.</summary>
internal sealed class CodeJson
{
    /// <summary>As deep as Azure lets templates be, and more.</summary>
    private const int Deepest = 128;

    /// <summary>More values than a state of some ten thousand resources has; each takes some 100 bytes.</summary>
    private const int MostValues = 2_000_000;

    private static readonly Dictionary<string, CodeJson> NoMembers = [];

    private CodeJson(JsonValueKind kind, int line) => (Kind, Line) = (kind, line);

    public JsonValueKind Kind { get; }

    /// <summary>From 1.</summary>
    public int Line { get; }

    /// <summary>The text of a text or a number; empty for others.</summary>
    public string Text { get; private init; } = "";

    public IReadOnlyDictionary<string, CodeJson> Members { get; private init; } = NoMembers;

    public IReadOnlyList<CodeJson> Items { get; private init; } = [];

    /// <summary>A member, or a member of a member; absent when it is not there.</summary>
    public CodeJson? At(params ReadOnlySpan<string> names)
    {
        var value = this;
        foreach (var name in names)
        {
            if (!value.Members.TryGetValue(name, out value))
            {
                return null;
            }
        }

        return value;
    }

    /// <summary>A text member; empty when it is none.</summary>
    public string TextAt(params ReadOnlySpan<string> names) => At(names) is { Kind: JsonValueKind.String } text ? text.Text : "";

    /// <summary>The items of a list, or the values of an object.</summary>
    public IEnumerable<CodeJson> Values => Kind == JsonValueKind.Object ? Members.Values : Items;

    /// <exception cref="JsonException">It is no JSON, or too much of it.</exception>
    public static CodeJson Read(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions
        {
            CommentHandling = JsonCommentHandling.Skip,
            AllowTrailingCommas = true,
            MaxDepth = Deepest,
        });
        var place = new Place(bytes);
        try
        {
            reader.Read();
            var value = Value(ref reader, place);
            return reader.Read() ? throw new JsonException("there is more after its end") : value;
        }
        catch (InvalidOperationException exception)
        {
            // What the reader says of half a surrogate pair.
            throw new JsonException("a text in it is broken", exception);
        }
    }

    private static CodeJson Value(ref Utf8JsonReader reader, Place place)
    {
        var line = place.LineOf(reader.TokenStartIndex);
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                Dictionary<string, CodeJson> members = [];
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var name = reader.GetString()!;
                    reader.Read();
                    members[name] = Value(ref reader, place);
                }

                return new CodeJson(JsonValueKind.Object, line) { Members = members };
            case JsonTokenType.StartArray:
                List<CodeJson> items = [];
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    items.Add(Value(ref reader, place));
                }

                return new CodeJson(JsonValueKind.Array, line) { Items = items };
            case JsonTokenType.String:
                return new CodeJson(JsonValueKind.String, line) { Text = reader.GetString()! };
            case JsonTokenType.Number:
                return new CodeJson(JsonValueKind.Number, line) { Text = Encoding.UTF8.GetString(reader.ValueSpan) };
            case JsonTokenType.True:
                return new CodeJson(JsonValueKind.True, line);
            case JsonTokenType.False:
                return new CodeJson(JsonValueKind.False, line);
            default:
                return new CodeJson(JsonValueKind.Null, line);
        }
    }

    /// <summary>Counts lines as the reader goes on, and values.</summary>
    private sealed class Place(byte[] bytes)
    {
        private int _at;
        private int _line = 1;
        private int _values;

        public int LineOf(long index)
        {
            if (++_values > MostValues)
            {
                throw new JsonException($"it has more than {MostValues} values");
            }

            _line += bytes.AsSpan(_at, (int)index - _at).Count((byte)'\n');
            _at = (int)index;
            return _line;
        }
    }
}
