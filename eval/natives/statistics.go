package natives

import (
	"fmt"
	"math"

	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// Statistics.
var statisticsNatives = map[string]Native{
	"Statistics!ChiSquare": {3, ir.Pure, Strict(chiSquare)},
}

// chiSquare is ChiSquare(expected, actual, alpha): do the actual counts fit the
// expected ones, at the level of significance alpha (a string)?
func chiSquare(_ *Host, a []value.Value) (value.Value, error) {
	expected, err := counts(a[0])
	if err != nil {
		return nil, err
	}
	actual, err := counts(a[1])
	if err != nil {
		return nil, err
	}
	s, err := Text("ChiSquare", a[2])
	if err != nil {
		return nil, err
	}
	var alpha float64
	if _, err := fmt.Sscan(s, &alpha); err != nil || alpha <= 0 || alpha > 0.5 {
		return nil, value.Undefined("ChiSquare needs a level of significance above 0 and at most 0.5, but got %q.", s)
	}
	if len(expected) != len(actual) || len(expected) < 2 {
		return nil, value.Undefined("ChiSquare needs two functions on the same domain of at least two elements.")
	}
	sumExpected, sumActual := 0.0, 0.0
	for i := range expected {
		sumExpected += expected[i]
		sumActual += actual[i]
	}
	statistic := 0.0
	for i := range expected {
		if expected[i] <= 0 {
			return nil, value.Undefined("ChiSquare needs expected counts above 0.")
		}
		e := expected[i] * sumActual / sumExpected
		statistic += (actual[i] - e) * (actual[i] - e) / e
	}
	p := upperGamma(float64(len(expected)-1)/2, statistic/2)
	return value.Bool(p >= alpha), nil
}

func counts(f value.Value) ([]float64, error) {
	vals, err := value.Values(f)
	if err != nil {
		return nil, err
	}
	out := make([]float64, len(vals))
	for i, v := range vals {
		n, err := small("ChiSquare", v)
		if err != nil {
			return nil, err
		}
		out[i] = float64(n)
	}
	return out, nil
}

// upperGamma is the regularised upper incomplete gamma function Q(a, x), by its
// power series below a+1 and by its continued fraction (Lentz's method) above.
func upperGamma(a, x float64) float64 {
	const precision, most = 1e-12, 10_000
	if x <= 0 {
		return 1
	}
	logGamma, _ := math.Lgamma(a)
	front := math.Exp(a*math.Log(x) - x - logGamma)
	if x < a+1 {
		term := 1 / a
		sum := term
		for n := 1; n < most && term > sum*precision; n++ {
			term *= x / (a + float64(n))
			sum += term
		}
		return 1 - front*sum
	}
	b := x + 1 - a
	c := math.Inf(1)
	d := 1 / b
	h := d
	for i := 1; i < most; i++ {
		n := -float64(i) * (float64(i) - a)
		b += 2
		d = 1 / (n*d + b)
		c = b + n/c
		h *= d * c
		if math.Abs(d*c-1) < precision {
			break
		}
	}
	return front * h
}
