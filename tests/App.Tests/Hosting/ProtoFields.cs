using System.Text;

namespace ScaleFunctions.App.Tests.Hosting;

/// <summary>Fields of a protocol-buffers message, by number, as far as telemetry needs it: numbers, and what has a length.</summary>
internal sealed class ProtoFields
{
    private readonly List<(int Field, ReadOnlyMemory<byte> Bytes)> _fields = [];

    public ProtoFields(ReadOnlyMemory<byte> message)
    {
        for (var at = 0; at < message.Length;)
        {
            var key = Number(message.Span, ref at);
            var length = (key & 7) switch
            {
                0 => -1,
                1 => 8,
                2 => (int)Number(message.Span, ref at),
                5 => 4,
                _ => throw new FormatException($"wire type {key & 7} at {at}"),
            };
            var start = at;
            if (length < 0)
            {
                Number(message.Span, ref at);
                length = at - start;
            }

            _fields.Add(((int)(key >> 3), message.Slice(start, length)));
            at = start + length;
        }
    }

    public IEnumerable<ProtoFields> Messages(int field) => _fields.Where(each => each.Field == field).Select(each => new ProtoFields(each.Bytes));

    public string Text(int field) => Encoding.UTF8.GetString(Bytes(field).Span);

    public string Hex(int field) => Convert.ToHexStringLower(Bytes(field).Span);

    public bool Has(int field) => _fields.Exists(each => each.Field == field);

    /// <summary>The attributes in a field of key-value pairs: names, and values that are text or whole numbers.</summary>
    public Dictionary<string, string> Attributes(int field) => Messages(field).DistinctBy(pair => pair.Text(1)).ToDictionary(
        pair => pair.Text(1),
        pair => pair.Messages(2).Select(value => value.Has(1) ? value.Text(1) : value.Has(3) ? value.Whole(3) : "").SingleOrDefault(""));

    /// <summary>A double.</summary>
    public double Real(int field) => BitConverter.ToDouble(Bytes(field).Span);

    /// <summary>A fixed whole number of 64 bits.</summary>
    public long Fixed(int field) => BitConverter.ToInt64(Bytes(field).Span);

    private string Whole(int field)
    {
        var at = 0;
        return $"{Number(Bytes(field).Span, ref at)}";
    }

    private ReadOnlyMemory<byte> Bytes(int field) => _fields.FirstOrDefault(each => each.Field == field).Bytes;

    private static ulong Number(ReadOnlySpan<byte> bytes, ref int at)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var one = bytes[at++];
            value |= (ulong)(one & 0x7f) << shift;
            if ((one & 0x80) == 0)
            {
                return value;
            }
        }
    }
}
