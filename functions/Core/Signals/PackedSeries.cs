using System.Buffers.Binary;
using System.IO.Compression;

namespace ScaleFunctions.Core.Signals;

/// <summary>
/// A long series in few bytes: a fortnight of minutes takes some 40 KB of text. Percentages of minutes are kept in hundredths, rounded
/// up so that no need ever looks smaller than it was; what is of longer grains is kept as it came. Counts are whole numbers.
/// </summary>
/// <example>
/// <code>
/// minutes   high bytes of all values | low bytes of all values | counts, 4 bytes each     65535: no value, −1: no count
/// longer    values, 8 bytes each (NaN: none)                   | counts, 4 bytes each     then zlib, which has a checksum, and Base64
/// </code>
/// </example>
public static class PackedSeries
{
    private const double Hundredths = 100;

    private const ushort NoValue = ushort.MaxValue;

    private const int NoCount = -1;

    private const int CountBytes = sizeof(int);

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>The series as it would come back: rounded, and without the grains of which nothing is known.</summary>
    public static IReadOnlyList<MetricPoint> Round(IEnumerable<MetricPoint> points, TimeSpan grain) =>
        [.. points.Where(IsKept).Select(point => new MetricPoint(point.At, grain == Minute ? Up(point.Value!.Value) / Hundredths : point.Value, Whole(point.Count)))];

    /// <param name="points">In any order; of two of one time the last counts, and what is not in the span is left out.</param>
    /// <param name="from">Begin of the first grain.</param>
    /// <param name="until">End of the last.</param>
    /// <param name="grain">Of how long a value is.</param>
    public static string Pack(IEnumerable<MetricPoint> points, DateTimeOffset from, DateTimeOffset until, TimeSpan grain)
    {
        var slots = Slots(from, until, grain);
        var width = WidthOf(grain);
        var bytes = new byte[slots * (width + CountBytes)];
        for (var slot = 0; slot < slots; slot++)
        {
            Put(bytes, slots, slot, grain, null, null);
        }

        foreach (var point in points.Where(point => IsKept(point) && point.At >= from && point.At < until))
        {
            Put(bytes, slots, (int)((point.At - from).Ticks / grain.Ticks), grain, point.Value, point.Count);
        }

        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zlib.Write(bytes);
        }

        return Convert.ToBase64String(packed.GetBuffer(), 0, (int)packed.Length);
    }

    /// <summary>The points, oldest first.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or of another span.</exception>
    /// <exception cref="FormatException">It is damaged.</exception>
    public static IReadOnlyList<MetricPoint> Unpack(string packed, DateTimeOffset from, DateTimeOffset until, TimeSpan grain)
    {
        var slots = Slots(from, until, grain);
        var bytes = new byte[slots * (WidthOf(grain) + CountBytes)];
        using var zlib = new ZLibStream(new MemoryStream(Convert.FromBase64String(packed)), CompressionMode.Decompress);
        if (zlib.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) != bytes.Length || zlib.ReadByte() >= 0)
        {
            throw new InvalidDataException($"It does not hold {slots} grains");
        }

        var points = new List<MetricPoint>(slots);
        for (var slot = 0; slot < slots; slot++)
        {
            if (ValueOf(bytes, slots, slot, grain) is { } value)
            {
                var count = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan((slots * WidthOf(grain)) + (slot * CountBytes)));
                points.Add(new MetricPoint(from + (slot * grain), value, count == NoCount ? null : count));
            }
        }

        return points;
    }

    private static int Slots(DateTimeOffset from, DateTimeOffset until, TimeSpan grain) =>
        until > from ? checked((int)((until - from).Ticks / grain.Ticks)) : throw new InvalidDataException("It ends before it begins");

    private static int WidthOf(TimeSpan grain) => grain == Minute ? sizeof(ushort) : sizeof(double);

    private static bool IsKept(MetricPoint point) => !point.IsIncomplete && point.Value is { } value && double.IsFinite(value) && value >= 0;

    private static double Up(double percent) => Math.Min(NoValue - 1, Math.Ceiling(Math.Round(percent * Hundredths, 6)));

    private static double? Whole(double? count) => count is { } told && told >= 0 && told < int.MaxValue ? Math.Ceiling(told) : null;

    private static void Put(byte[] bytes, int slots, int slot, TimeSpan grain, double? value, double? count)
    {
        if (grain == Minute)
        {
            var hundredths = value is { } percent ? (ushort)Up(percent) : NoValue;
            (bytes[slot], bytes[slots + slot]) = ((byte)(hundredths >> 8), (byte)hundredths);
        }
        else
        {
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(slot * sizeof(double)), value ?? double.NaN);
        }

        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan((slots * WidthOf(grain)) + (slot * CountBytes)), Whole(count) is { } whole ? (int)whole : NoCount);
    }

    private static double? ValueOf(byte[] bytes, int slots, int slot, TimeSpan grain)
    {
        if (grain == Minute)
        {
            var hundredths = (ushort)((bytes[slot] << 8) | bytes[slots + slot]);
            return hundredths == NoValue ? null : hundredths / Hundredths;
        }

        var value = BinaryPrimitives.ReadDoubleLittleEndian(bytes.AsSpan(slot * sizeof(double)));
        return double.IsFinite(value) && value >= 0 ? value : null;
    }
}
