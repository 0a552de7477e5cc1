using ScaleFunctions.App.Commands;

namespace ScaleFunctions.App.Tests.Commands;

public sealed class TerminalTests
{
    [Theory]
    [InlineData("web → 3, größer", "web → 3, größer")]
    [InlineData("a\nb", "a\nb")]
    [InlineData("a\u001b[31mred", "a\uFFFD[31mred")]
    [InlineData("a\rb\tc\u0007", "a\uFFFDb\uFFFDc\uFFFD")]
    [InlineData("x\u202Etxt.exe", "x\uFFFDtxt.exe")]
    [InlineData("x\u2066y\u200Fz\u009B", "x\uFFFDy\uFFFDz\uFFFD")]
    public void Shows_text_that_cannot_steer_it(string text, string shown) => Assert.Equal(shown, Terminal.Printable(text));
}
