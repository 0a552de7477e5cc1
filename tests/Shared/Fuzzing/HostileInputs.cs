using System.Text;

namespace ScaleFunctions.Fuzzing;

/// <summary>
/// Inputs made of valid ones by what breaks readers: bits turned, cuts, splices, repetitions, numbers and letters that are special, and
/// nesting. The n-th is always the same, so a failure is told by its number. Compiled into each project that needs it.
/// </summary>
internal sealed class HostileInputs(IReadOnlyList<byte[]> valid, IReadOnlyList<string> pieces)
{
    /// <summary>Larger ones say nothing new; readers are given one that is too large on purpose elsewhere.</summary>
    private const int LargestBytes = 320 * 1024;

    private const int MostEdits = 4;

    private const int MostRepetitions = 64;

    private static readonly string[] Numbers =
    [
        "0", "-0", "-1", "1e999", "-1e999", "1e-999", "1E400", "NaN", "Infinity", "-Infinity", ".nan", "0x10", "010", "1_000", "9007199254740993",
        "2147483648", "-2147483649", "9223372036854775808", "18446744073709551616", "0.1e1", "1.", ".5", "+1", "1e", "٣", "½", "99999999999999999999999999999999999999",
    ];

    private static readonly string[] Letters =
    [
        "\0", "\u0001", "\u001b[31m", "\u007f", "\u0085", "\u200b", "\u202e", "\u2028", "\uFEFF", "\uFFFD", "😀", "é", "İ", "ß", "\\u0000", "\\uD800", "\\udc00\\ud800",
        "\\", "\\\"", "\"", "'", "`", "\r", "\n", "\t", " ", "%", "%s", "{0}", "${x}", "<", "&", "../", "null", "true", "{", "}", "[", "]", ",", ":",
    ];

    private static readonly (string Open, string Close)[] Nests = [("[", "]"), ("{\"a\":", "}"), ("(", ")"), ("{ a: ", " }"), ("- ", ""), ("-", ""), ("\"\\\"", ""), ("a?? ", ""), ("a+", "")];

    private static readonly int[] Depths = [3, 33, 65, 1_000, 20_000];

    /// <summary>All places at which a valid input can be cut.</summary>
    public int Cuts => valid.Sum(sample => sample.Length);

    /// <summary>A valid input up to a place.</summary>
    public byte[] Cut(int place)
    {
        foreach (var sample in valid)
        {
            if (place < sample.Length)
            {
                return sample[..place];
            }

            place -= sample.Length;
        }

        return valid[^1];
    }

    /// <summary>A damaged input by its number.</summary>
    public byte[] this[int number]
    {
        get
        {
            var random = new Random(number);
            var bytes = new List<byte>(valid[random.Next(valid.Count)]);
            for (var edit = random.Next(MostEdits); edit >= 0; edit--)
            {
                Damage(bytes, random);
            }

            return [.. bytes.Count > LargestBytes ? bytes.Take(LargestBytes) : bytes];
        }
    }

    private void Damage(List<byte> bytes, Random random)
    {
        var at = random.Next(bytes.Count + 1);
        var length = Math.Min(bytes.Count - at, random.Next(random.Next(8) == 0 ? bytes.Count + 1 : 12));
        switch (random.Next(10))
        {
            case 0 when bytes.Count > at:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                bytes.Insert(at, (byte)random.Next(256));
                break;
            case 2:
                bytes.RemoveRange(at, length);
                break;
            case 3:
                bytes.InsertRange(at, Repeated(bytes.GetRange(at, length), random.Next(1, MostRepetitions)));
                break;
            case 4:
                var other = valid[random.Next(valid.Count)];
                bytes.RemoveRange(at, bytes.Count - at);
                bytes.AddRange(other[random.Next(other.Length + 1)..]);
                break;
            case 5:
                Put(bytes, at, 0, Letters[random.Next(Letters.Length)]);
                break;
            case 6:
                var (begin, digits) = NumberAt(bytes, at);
                Put(bytes, begin, digits, Numbers[random.Next(Numbers.Length)]);
                break;
            case 7:
                var ((open, close), depth) = (Nests[random.Next(Nests.Length)], Depths[random.Next(Depths.Length)]);
                Put(bytes, at, 0, string.Concat(Enumerable.Repeat(open, depth)) + (random.Next(2) == 0 ? "" : string.Concat(Enumerable.Repeat(close, depth))));
                break;
            case 8:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            default:
                Put(bytes, at, length, pieces[random.Next(pieces.Count)]);
                break;
        }
    }

    private static IEnumerable<byte> Repeated(List<byte> span, int times) => Enumerable.Repeat(span, times).SelectMany(each => each);

    private static void Put(List<byte> bytes, int at, int removed, string text)
    {
        bytes.RemoveRange(at, removed);
        bytes.InsertRange(at, Encoding.UTF8.GetBytes(text));
    }

    /// <summary>The next number from a place on; nothing of it where there is none.</summary>
    private static (int Begin, int Length) NumberAt(List<byte> bytes, int at)
    {
        var begin = bytes.FindIndex(at, each => char.IsAsciiDigit((char)each));
        return begin < 0 ? (at, 0) : (begin, bytes.Skip(begin).TakeWhile(each => char.IsAsciiDigit((char)each)).Count());
    }
}
